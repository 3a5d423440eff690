using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Functions.Tests.Imaging;

/// <summary>Writes PNG files chunk by chunk, whatever they are good for.</summary>
internal static class PngFile
{
    /// <summary>A valid PNG of black pixels up to a few million, a header without its pixels beyond that.</summary>
    public static byte[] Black(int width, int height, params (string Type, byte[] Data)[] chunks)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        Write(file, "IHDR", header);
        foreach (var (type, data) in chunks)
        {
            Write(file, type, data);
        }

        Write(file, "IDAT", Deflated(Math.Min((width + 1L) * height, 4_000_000)));
        Write(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>So many zero bytes, compressed to about a thousandth.</summary>
    public static byte[] Deflated(long zeros, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, level, leaveOpen: true))
        {
            for (var left = zeros; left > 0; left -= 1 << 20)
            {
                zlib.Write(new byte[Math.Min(left, 1 << 20)]);
            }
        }

        return data.ToArray();
    }

    public static void Write(MemoryStream file, string type, ReadOnlySpan<byte> data)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(body));
        file.Write(number);
    }
}
