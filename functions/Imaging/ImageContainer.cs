using System.Buffers.Binary;

namespace Serverless.Imaging;

/// <summary>
/// Walks a file's structure to its end, without decoding: decoders are lenient, and several show a truncated picture with grey for the
/// rest.
/// </summary>
internal static class ImageContainer
{
    public static bool IsCutShort(ReadOnlySpan<byte> bytes, ImageFormat format) =>
        format switch
        {
            ImageFormat.Jpeg => !JpegStructure.Read(bytes).IsWhole,
            ImageFormat.Png => !PngReachesItsEnd(bytes),
            ImageFormat.Webp => BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) + 8L > bytes.Length,
            ImageFormat.Gif => !GifReachesItsEnd(bytes),
            ImageFormat.Bmp => BmpNeeds(bytes) > bytes.Length,
            ImageFormat.Avif or ImageFormat.Heic => IsoMedia.IsCutShort(bytes),
            ImageFormat.Ico => IconFile.IsCutShort(bytes),
            _ when format.IsRaw() => CameraRaw.IsCutShort(bytes, format),
            _ => false, // A TIFF may order its parts freely: the decoder decides.
        };

    private static bool PngReachesItsEnd(ReadOnlySpan<byte> bytes)
    {
        for (long at = 8; at + 12 <= bytes.Length; )
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)at..]);
            if (bytes.Slice((int)at + 4, 4).SequenceEqual("IEND"u8))
            {
                return true;
            }

            at += length + 12L;
        }

        return false;
    }

    private static bool GifReachesItsEnd(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 13)
        {
            return false;
        }

        var hasPicture = false;
        var at = 13 + ColourTable(bytes[10]);
        while (at < bytes.Length)
        {
            switch (bytes[at])
            {
                case 0x21: // extension: label, then sub-blocks
                    at += 2;
                    break;
                case 0x2C when at + 10 <= bytes.Length: // image: descriptor, colour table, code size, sub-blocks
                    at += 11 + ColourTable(bytes[at + 9]);
                    hasPicture = true;
                    break;
                case 0x2C:
                    return false;
                default: // the trailer, or what some writers append to the last block
                    return hasPicture;
            }

            while (at < bytes.Length && bytes[at] != 0)
            {
                at += bytes[at] + 1;
            }

            if (at >= bytes.Length)
            {
                return false;
            }

            at++;
        }

        return hasPicture && at == bytes.Length; // Many writers omit the trailer; every block is complete anyway.
    }

    /// <summary>The end according to the header, if the pixels end there too.</summary>
    public static ReadOnlyMemory<byte> BmpWithoutTrailer(ReadOnlyMemory<byte> bytes)
    {
        var said = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[2..]);
        return said < bytes.Length && said >= BmpNeeds(bytes.Span) && said > BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[10..])
            ? bytes[..(int)said]
            : bytes;
    }

    private static int ColourTable(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static long BmpNeeds(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30)
        {
            return long.MaxValue;
        }

        var offset = BinaryPrimitives.ReadUInt32LittleEndian(bytes[10..]);
        var old = BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]) == 12;
        long width = old ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[18..]) : BinaryPrimitives.ReadInt32LittleEndian(bytes[18..]);
        long height = old ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[20..]) : BinaryPrimitives.ReadInt32LittleEndian(bytes[22..]);
        var depth = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(old ? 24 : 28)..]);
        var compression = old || bytes.Length < 34 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes[30..]);
        var runLength = compression is not (0 or 3 or 6);
        return offset + (runLength ? 0 : ((width * depth) + 31) / 32 * 4 * Math.Abs(height));
    }
}
