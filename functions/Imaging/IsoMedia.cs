using System.Buffers.Binary;

namespace Serverless.Imaging;

/// <summary>
/// The boxes of AVIF, HEIC and CR3: the end of their pictures, and the length of sequences. Decodes nothing.
/// </summary>
internal static class IsoMedia
{
    private const int MostItems = 65_536;
    private const int MostSamples = 1_000_000;

    /// <summary>
    /// Whether the file ends before its picture data does. Without declared data, its boxes must reach the end.
    /// </summary>
    public static bool IsCutShort(ReadOnlySpan<byte> bytes)
    {
        var needed = Math.Max(EndOfItems(bytes), EndOfSamples(bytes));
        return needed > 0 ? needed > bytes.Length : WholeLength(bytes, out var reachesEnd) == 0 || !reachesEnd;
    }

    /// <summary>The file without data after its last box: padding, phone trailers, anything.</summary>
    public static ReadOnlyMemory<byte> WithoutTrailer(ReadOnlyMemory<byte> bytes) => bytes[..(int)WholeLength(bytes.Span, out _)];

    /// <summary>Pictures of the first track; 1 for a still picture.</summary>
    public static int Frames(ReadOnlySpan<byte> bytes)
    {
        var sizes = Find(SampleTable(bytes), "stsz"u8);
        return sizes.Length >= 12 ? (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(sizes[8..]), 1, int.MaxValue) : 1;
    }

    /// <summary>
    /// The contents of the first complete box of a type in a sequence of boxes; empty if there is none.
    /// </summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> boxes, ReadOnlySpan<byte> kind)
    {
        while (NamedBox(boxes, out var name, out var contents, out var next))
        {
            if (name.SequenceEqual(kind))
            {
                return contents;
            }

            boxes = boxes[next..];
        }

        return [];
    }

    /// <summary>Data without a valid type name is not a box, but follows the last one.</summary>
    private static bool NamedBox(ReadOnlySpan<byte> boxes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> contents, out int next) =>
        Box(boxes, out name, out contents, out next) && !name.ContainsAnyExceptInRange((byte)' ', (byte)'~');

    /// <summary>The first complete box and the start of the next; false if there is none.</summary>
    internal static bool Box(ReadOnlySpan<byte> boxes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> contents, out int next)
    {
        name = [];
        contents = [];
        next = 0;
        if (boxes.Length < 8)
        {
            return false;
        }

        long size = BinaryPrimitives.ReadUInt32BigEndian(boxes);
        var head = size == 1 ? 16 : 8;
        if (boxes.Length < head)
        {
            return false;
        }

        size = size switch
        {
            0 => boxes.Length,
            1 => BinaryPrimitives.ReadInt64BigEndian(boxes[8..]),
            _ => size,
        };
        if (size < head || size > boxes.Length)
        {
            return false;
        }

        name = boxes.Slice(4, 4);
        contents = boxes[head..(int)size];
        next = (int)size;
        return true;
    }

    private static long WholeLength(ReadOnlySpan<byte> bytes, out bool reachesEnd)
    {
        var at = 0;
        while (NamedBox(bytes[at..], out _, out _, out var next))
        {
            at += next;
        }

        reachesEnd = bytes.Length - at < 8; // less than a box may follow the last one
        return at;
    }

    private static ReadOnlySpan<byte> SampleTable(ReadOnlySpan<byte> bytes) =>
        Find(Find(Find(Find(Find(bytes, "moov"u8), "trak"u8), "mdia"u8), "minf"u8), "stbl"u8);

    /// <summary>The end of the items' last extent; 0 if there are none.</summary>
    private static long EndOfItems(ReadOnlySpan<byte> bytes)
    {
        var meta = Find(bytes, "meta"u8);
        var locations = new BoxReader(Find(meta.Length > 4 ? meta[4..] : [], "iloc"u8));
        var version = locations.Number(1);
        locations.Number(3);
        var (sizes, more) = ((int)locations.Number(1), (int)locations.Number(1));
        var items = Math.Min(locations.Number(version < 2 ? 2 : 4), MostItems);
        var end = 0L;
        for (var item = 0; item < items && !locations.IsOver; item++)
        {
            locations.Number(version < 2 ? 2 : 4);
            var inFile = version == 0 || (locations.Number(2) & 15) == 0;
            locations.Number(2);
            var start = locations.Number(more >> 4);
            for (var extents = locations.Number(2); extents > 0 && !locations.IsOver; extents--)
            {
                locations.Number(version == 0 ? 0 : more & 15);
                var offset = locations.Number(sizes >> 4);
                var length = locations.Number(sizes & 15);
                end = inFile && !locations.IsOver ? Math.Max(end, start + offset + length) : end;
            }
        }

        return end;
    }

    /// <summary>The end of the first track's last sample; 0 without a track.</summary>
    private static long EndOfSamples(ReadOnlySpan<byte> bytes)
    {
        var table = SampleTable(bytes);
        var sizes = new BoxReader(Find(table, "stsz"u8));
        sizes.Number(4);
        var (size, left) = (sizes.Number(4), Math.Min(sizes.Number(4), MostSamples));
        var wide = Find(table, "co64"u8);
        var chunks = new BoxReader(wide.Length > 0 ? wide : Find(table, "stco"u8));
        chunks.Number(4);
        var runs = new BoxReader(Find(table, "stsc"u8));
        runs.Number(8);
        var (first, count, end) = (runs.Number(4), runs.Number(4), 0L);
        runs.Number(4);
        var following = runs.Number(4);
        for (var (chunk, all) = (1L, chunks.Number(4)); chunk <= all && left > 0 && !chunks.IsOver; chunk++)
        {
            if (chunk == following && chunk > first)
            {
                (first, count) = (following, runs.Number(4));
                runs.Number(4);
                following = runs.Number(4);
            }

            var at = chunks.Number(wide.Length > 0 ? 8 : 4);
            for (var sample = 0L; sample < count && left > 0; sample++, left--)
            {
                at += size > 0 ? size : sizes.Number(4);
            }

            end = Math.Max(end, at);
        }

        return end;
    }

    /// <summary>Reads consecutive big-endian numbers; 0 beyond the end.</summary>
    private ref struct BoxReader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> rest = bytes;

        public bool IsOver { get; private set; }

        public long Number(int size)
        {
            if (rest.Length < size)
            {
                IsOver = true;
                return 0;
            }

            var number = 0L;
            foreach (var value in rest[..size])
            {
                number = (number << 8) | value;
            }

            rest = rest[size..];
            return number & long.MaxValue;
        }
    }
}
