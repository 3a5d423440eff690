using System.Buffers.Binary;

namespace Serverless.Imaging;

/// <summary>Windows icons: several pictures, each a PNG or a bitmap without file header. The largest represents the file.</summary>
internal static class IconFile
{
    private const int Most = 128;
    private const int Head = 6,
        Entry = 16;

    public static bool Is(ReadOnlySpan<byte> bytes) =>
        bytes is [0, 0, 1, 0, ..]
        && bytes.Length >= Head + Entry
        && Count(bytes) > 0
        && bytes[Head + 3] is 0 or 255
        && BinaryPrimitives.ReadUInt32LittleEndian(bytes[(Head + 12)..]) >= Head + Entry;

    /// <summary>Whether an entry, or the list of entries, extends beyond the end.</summary>
    /// <exception cref="UnsupportedImageException">There are more than <see cref="Most"/>.</exception>
    public static bool IsCutShort(ReadOnlySpan<byte> bytes)
    {
        if (Count(bytes) > Most)
        {
            throw new UnsupportedImageException($"The ICO file has more than {Most} pictures.");
        }

        if (Head + (Entry * Count(bytes)) > bytes.Length)
        {
            return true;
        }

        for (var i = 0; i < Count(bytes); i++)
        {
            var (offset, length) = Place(bytes, i);
            if (offset + length > bytes.Length || DeviceBitmap.IsCutShort(bytes.Slice((int)offset, (int)length)))
            {
                return true;
            }
        }

        return false;
    }

    public static ImageContents Contents(ReadOnlyMemory<byte> bytes)
    {
        var parts = new List<(PicturePart Part, int Bits)>();
        for (var i = 0; i < Count(bytes.Span); i++)
        {
            var (offset, length) = Place(bytes.Span, i);
            if (offset + length <= bytes.Length)
            {
                var data = bytes.Slice((int)offset, (int)length);
                var isPng = ImageFormatDetector.Detect(data.Span) == ImageFormat.Png;
                var size = isPng ? PngChunks.Size(data.Span) : DeviceBitmap.Size(data.Span);
                var format = isPng ? ImageFormat.Png : ImageFormat.Ico;
                parts.Add((new PicturePart(format, data, size.Width, size.Height), isPng ? 32 : DeviceBitmap.Depth(data.Span)));
            }
        }

        return parts.Count > 0
            ? new ImageContents([
                .. parts.OrderByDescending(part => part.Part.Pixels).ThenByDescending(part => part.Bits).Select(part => part.Part),
            ])
            : throw new UnsupportedImageException("The ICO file contains no picture.");
    }

    private static int Count(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);

    private static (long Offset, long Length) Place(ReadOnlySpan<byte> bytes, int index)
    {
        var entry = bytes.Slice(Head + (index * Entry), Entry);
        return (BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]), BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]));
    }
}
