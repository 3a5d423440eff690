using System.Buffers.Binary;

namespace Serverless.Imaging;

/// <summary>
/// Follows a file's own structure to its end, without decoding: decoders are lenient, and several would show a
/// picture that is cut short with grey where the rest should be.
/// </summary>
internal static class ImageContainer
{
    public static bool IsCutShort(ReadOnlySpan<byte> bytes, ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => !EndsWithMarker(bytes),
        ImageFormat.Png => !PngReachesItsEnd(bytes),
        ImageFormat.WebP => BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) + 8L > bytes.Length,
        ImageFormat.Gif => !GifReachesItsEnd(bytes),
        ImageFormat.Bmp => BmpNeeds(bytes) > bytes.Length,
        ImageFormat.Avif or ImageFormat.Heic => !BoxesReachTheEnd(bytes),
        _ => false, // A TIFF may lay its parts in any order: its decoder tells.
    };

    private static bool EndsWithMarker(ReadOnlySpan<byte> bytes)
    {
        // Cameras append previews, videos and padding after the end of image: the marker is looked for, not expected last.
        var scan = bytes.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        return scan >= 0 && bytes[scan..].IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0;
    }

    private static bool PngReachesItsEnd(ReadOnlySpan<byte> bytes)
    {
        for (long at = 8; at + 12 <= bytes.Length;)
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
                default: // the trailer, or what some writers leave behind the last block
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

        return hasPicture && at == bytes.Length; // Many writers forget the trailer; every block is whole all the same.
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

    private static bool BoxesReachTheEnd(ReadOnlySpan<byte> bytes)
    {
        long at = 0;
        while (at + 8 <= bytes.Length)
        {
            long size = BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)at..]);
            if (size == 0)
            {
                return true; // this box runs to the end of the file, wherever that is
            }

            if (size == 1 && at + 16 <= bytes.Length)
            {
                size = BinaryPrimitives.ReadInt64BigEndian(bytes[(int)(at + 8)..]);
            }

            if (size < 8 || size > bytes.Length - at)
            {
                return false;
            }

            at += size;
        }

        return true;
    }
}
