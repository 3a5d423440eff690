using System.Buffers.Binary;

namespace Serverless.Imaging.Cost;

/// <summary>
/// Counts the boxes and declared items of an AVIF or HEIC file: a phone's picture has about fifty, one per tile.
/// </summary>
internal static class HeifCost
{
    public const int MostItems = 5_000;
    public const int MostBoxes = 50_000;
    private const int MostDepth = 16;

    public static string? RejectionReason(ReadOnlySpan<byte> bytes)
    {
        var boxes = 0;
        return Count(bytes, 0, ref boxes);
    }

    private static string? Count(ReadOnlySpan<byte> bytes, int depth, ref int boxes)
    {
        while (bytes.Length >= 8)
        {
            if (++boxes > MostBoxes || depth > MostDepth)
            {
                return ImageCost.TooMany(
                    "AVIF or HEIC",
                    depth > MostDepth ? MostDepth : MostBoxes,
                    depth > MostDepth ? "nested boxes" : "boxes"
                );
            }

            long size = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            var header = 8;
            if (size == 1 && bytes.Length >= 16)
            {
                (size, header) = (BinaryPrimitives.ReadInt64BigEndian(bytes[8..]), 16);
            }

            if (size == 0)
            {
                size = bytes.Length;
            }

            if (size < header || size > bytes.Length)
            {
                return null; // truncated, or not a box: reported elsewhere
            }

            var type = bytes.Slice(4, 4);
            var content = bytes[header..(int)size];
            if ((RejectionReasonOfItems(type, content) ?? Count(Inside(type, content), depth + 1, ref boxes)) is { } refusal)
            {
                return refusal;
            }

            bytes = bytes[(int)size..];
        }

        return null;
    }

    /// <summary>The container boxes to descend into.</summary>
    private static ReadOnlySpan<byte> Inside(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content) =>
        type.SequenceEqual("meta"u8) ? Behind(content, 4)
        : type.SequenceEqual("iprp"u8)
        || type.SequenceEqual("ipco"u8)
        || type.SequenceEqual("moov"u8)
        || type.SequenceEqual("trak"u8)
        || type.SequenceEqual("mdia"u8)
        || type.SequenceEqual("minf"u8)
        || type.SequenceEqual("stbl"u8)
            ? content
        : [];

    private static ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> content, int start) => start <= content.Length ? content[start..] : [];

    /// <summary>The count in the item info and item location boxes.</summary>
    private static string? RejectionReasonOfItems(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        var place =
            type.SequenceEqual("iinf"u8) ? 4
            : type.SequenceEqual("iloc"u8) ? 6
            : 0;
        if (place == 0 || content.Length < place + 4)
        {
            return null;
        }

        var isLong = type.SequenceEqual("iinf"u8) ? content[0] > 0 : content[0] > 1;
        var items = isLong
            ? BinaryPrimitives.ReadUInt32BigEndian(content[place..])
            : BinaryPrimitives.ReadUInt16BigEndian(content[place..]);
        return items > MostItems ? ImageCost.TooMany("AVIF or HEIC", MostItems, "items") : null;
    }
}
