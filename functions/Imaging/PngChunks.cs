using System.Buffers.Binary;
using System.IO.Hashing;

namespace Serverless.Imaging;

/// <summary>The chunks of a PNG file: read one by one, and written.</summary>
internal static class PngChunks
{
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <exception cref="UnsupportedImageException">The file does not start with its header.</exception>
    public static (int Width, int Height) Size(ReadOnlySpan<byte> bytes)
    {
        var at = Signature.Length;
        return
            Next(bytes, ref at, out var name, out var data)
            && name.SequenceEqual("IHDR"u8)
            && data.Length == 13
            && BinaryPrimitives.ReadInt32BigEndian(data) is > 0 and var width
            && BinaryPrimitives.ReadInt32BigEndian(data[4..]) is > 0 and var height
            ? (width, height)
            : throw new UnsupportedImageException("The PNG image is damaged: it does not start with its header.");
    }

    /// <summary>The complete chunk at an offset, which moves past it; false if there is none.</summary>
    public static bool Next(ReadOnlySpan<byte> bytes, ref int at, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> data)
    {
        name = [];
        data = [];
        if (at > bytes.Length - 12 || BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]) > bytes.Length - at - 12)
        {
            return false;
        }

        var size = (int)BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
        name = bytes.Slice(at + 4, 4);
        data = bytes.Slice(at + 8, size);
        at += size + 12;
        return true;
    }

    public static void Write(Stream file, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(name);
        file.Write(data);
        var check = new Crc32();
        check.Append(name);
        check.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, check.GetCurrentHashAsUInt32());
        file.Write(number);
    }
}
