using System.Buffers.Binary;

namespace Serverless.Imaging;

/// <summary>
/// Follows the chain of a TIFF's pages without reading them. The decoder goes through all of them to count them, and takes
/// minutes for as many as fit in a small file.
/// </summary>
internal static class TiffPages
{
    public const int Most = 5_000;

    /// <summary>True where more pages follow one another than <see cref="Most"/>, or they go in a circle.</summary>
    public static bool AreTooMany(ReadOnlySpan<byte> bytes)
    {
        var isLittleEndian = bytes[0] == 'I';
        var isBig = bytes[isLittleEndian ? 2 : 3] == 43;
        var at = Number(bytes, isBig ? 8 : 4, isBig ? 8 : 4, isLittleEndian);
        for (var page = 0; page <= Most; page++)
        {
            if (at is null or 0 || Number(bytes, at.Value, isBig ? 8 : 2, isLittleEndian) is not { } entries || entries > bytes.Length)
            {
                return false; // the end, or what the decoder will complain of
            }

            at = Number(bytes, at.Value + (isBig ? 8 + (entries * 20) : 2 + (entries * 12)), isBig ? 8 : 4, isLittleEndian);
        }

        return true;
    }

    /// <summary>The number at an offset; null where the file ends before it.</summary>
    private static long? Number(ReadOnlySpan<byte> bytes, long at, int size, bool isLittleEndian)
    {
        if (at < 0 || at > bytes.Length - size)
        {
            return null;
        }

        var field = bytes.Slice((int)at, size);
        return size switch
        {
            2 => isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(field) : BinaryPrimitives.ReadUInt16BigEndian(field),
            4 => isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(field) : BinaryPrimitives.ReadUInt32BigEndian(field),
            _ => isLittleEndian ? BinaryPrimitives.ReadInt64LittleEndian(field) : BinaryPrimitives.ReadInt64BigEndian(field),
        };
    }
}
