using System.Buffers;
using System.IO.Compression;

namespace Serverless.Imaging.Cost;

internal static class Inflated
{
    /// <summary>
    /// The inflated size of a zlib stream, as far as it can be inflated; counting stops after <paramref name="most"/>.
    /// </summary>
    public static int Length(ReadOnlySpan<byte> compressed, int most)
    {
        if (compressed.IsEmpty)
        {
            return 0;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        var length = 0;
        try
        {
            using var source = new MemoryStream(compressed.ToArray(), writable: false);
            using var zlib = new ZLibStream(source, CompressionMode.Decompress);
            for (int read; length <= most && (read = zlib.Read(buffer)) > 0; )
            {
                length += read;
            }
        }
        catch (InvalidDataException)
        {
            // A decoder stops here too.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return length;
    }
}
