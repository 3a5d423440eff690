namespace Serverless.Imaging.Metadata;

/// <summary>AVIF and HEIC: EXIF and XMP are separate items beside the picture.</summary>
internal static class HeifMetadata
{
    private const int MaxItems = 4096;

    public static void Find(ReadOnlyMemory<byte> file, MetadataBlocks blocks)
    {
        var meta = MediaBoxes.Find(file, "meta"u8);
        var boxes = meta.Length > 4 ? meta[4..] : default;
        var (exif, xmp) = Items(MediaBoxes.Find(boxes, "iinf"u8));
        var (exifData, xmpData) = Data(file, boxes, exif, xmp);

        // A number before the TIFF gives its offset.
        var head = new BigEndian(exifData.Span);
        var skip = head.Number(4);
        if (!head.IsOver && skip <= exifData.Length - 4)
        {
            blocks.AddExif(exifData[(4 + (int)skip)..]);
        }

        blocks.AddXmp(xmpData);
    }

    /// <summary>The ids of the EXIF and XMP items; -1 for none.</summary>
    private static (long Exif, long Xmp) Items(ReadOnlyMemory<byte> info)
    {
        var (exif, xmp) = (-1L, -1L);
        var list = info.IsEmpty ? default : info[Math.Min(info.Length, info.Span[0] == 0 ? 6 : 8)..];
        for (var item = 0; item < MaxItems && MediaBoxes.Next(ref list, out _, out var entry); item++)
        {
            var reader = new BigEndian(entry.Span);
            var version = reader.Number(1);
            reader.Number(3);
            var id = reader.Number(version == 3 ? 4 : 2);
            reader.Number(2);
            var kind = reader.Bytes(4);
            if (kind.SequenceEqual("Exif"u8))
            {
                exif = exif < 0 ? id : exif;
            }
            else if (kind.SequenceEqual("mime"u8) && entry.Span.IndexOf("application/rdf+xml"u8) >= 0)
            {
                xmp = xmp < 0 ? id : xmp;
            }
        }

        return (exif, xmp);
    }

    private static (ReadOnlyMemory<byte> Exif, ReadOnlyMemory<byte> Xmp) Data(
        ReadOnlyMemory<byte> file,
        ReadOnlyMemory<byte> boxes,
        long exif,
        long xmp
    )
    {
        ReadOnlyMemory<byte> exifData = default,
            xmpData = default;
        var reader = new BigEndian(MediaBoxes.Find(boxes, "iloc"u8).Span);
        var inside = MediaBoxes.Find(boxes, "idat"u8);
        var version = reader.Number(1);
        reader.Number(3);
        var (sizes, more) = ((int)reader.Number(1), (int)reader.Number(1));
        var items = Math.Min(reader.Number(version < 2 ? 2 : 4), MaxItems);
        for (var item = 0; item < items && !reader.IsOver; item++)
        {
            var id = reader.Number(version < 2 ? 2 : 4);
            var place = version == 0 ? 0 : reader.Number(2) & 15;
            reader.Number(2);
            var start = reader.Number(more >> 4);
            for (var extents = reader.Number(2); extents > 0 && !reader.IsOver; extents--)
            {
                reader.Number(version == 0 ? 0 : more & 15);
                var (at, length) = (start + reader.Number(sizes >> 4), reader.Number(sizes & 15));
                var from = place switch
                {
                    0 => file,
                    1 => inside,
                    _ => default,
                };
                if ((id == exif || id == xmp) && at >= 0 && length > 0 && at <= from.Length - length)
                {
                    // If an item has several extents, the relevant data is in the first.
                    ref var data = ref (id == exif ? ref exifData : ref xmpData);
                    data = data.IsEmpty ? from.Slice((int)at, (int)length) : data;
                }
            }
        }

        return (exifData, xmpData);
    }

    /// <summary>Reads consecutive big-endian numbers; 0 beyond the end.</summary>
    private ref struct BigEndian(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> rest = bytes;

        public bool IsOver { get; private set; }

        public ReadOnlySpan<byte> Bytes(int size)
        {
            if (rest.Length < size)
            {
                IsOver = true;
                return rest = [];
            }

            var bytes = rest[..size];
            rest = rest[size..];
            return bytes;
        }

        public long Number(int size)
        {
            var number = 0L;
            foreach (var value in Bytes(size))
            {
                number = (number << 8) | value;
            }

            return number & (long.MaxValue >> 1);
        }
    }
}
