using System.Buffers.Binary;
using System.Text;

namespace Serverless.Imaging.Metadata;

/// <summary>The IPTC-IIM fields as written.</summary>
internal sealed record IptcFields
{
    private const int Marker = 0x1C,
        Envelope = 1,
        Application = 2;
    private const int CharacterSet = 90;

    /// <summary>Maximum bytes of a field; longer ones are cut. The standard allows at most 2,000.</summary>
    private const int MaxField = MetadataText.MaxLength * 4;

    private const int MaxDataSets = 4096;

    private readonly Dictionary<int, List<string>> values = [];

    public string? Title => First(5);

    public IReadOnlyList<string> Keywords => All(25);

    public string? Date => First(55);

    public string? Time => First(60);

    public IReadOnlyList<string> Creators => All(80);

    public string? Headline => First(105);

    public string? Copyright => First(116);

    public string? Caption => First(120);

    public static IptcFields Read(ReadOnlySpan<byte> block)
    {
        var fields = new IptcFields();
        Encoding? encoding = null;
        for (var (at, sets) = (0, 0); sets < MaxDataSets && Next(block, ref at, out var record, out var kind, out var data); sets++)
        {
            if (record == Envelope && kind == CharacterSet)
            {
                encoding = EncodingOf(data);
            }
            else if (record == Application && kind is 5 or 25 or 55 or 60 or 80 or 105 or 116 or 120)
            {
                fields.Add(kind, data[..Math.Min(data.Length, MaxField)], encoding);
            }
        }

        return fields;
    }

    /// <summary>The encoding named by an escape sequence; null if it must be guessed.</summary>
    private static Encoding? EncodingOf(ReadOnlySpan<byte> escape) =>
        escape switch
        {
            [0x1B, (byte)'%', (byte)'G', ..] => Encoding.UTF8,
            [0x1B, (byte)'.' or (byte)'-', (byte)'A', ..] => Encoding.Latin1,
            [0x1B, (byte)'.' or (byte)'-', (byte)'B', ..] => CodePagesEncodingProvider.Instance.GetEncoding("iso-8859-2"),
            [0x1B, (byte)'.' or (byte)'-', (byte)'L', ..] => CodePagesEncodingProvider.Instance.GetEncoding("iso-8859-5"),
            [0x1B, (byte)'.' or (byte)'-', (byte)'F', ..] => CodePagesEncodingProvider.Instance.GetEncoding("iso-8859-7"),
            _ => null,
        };

    private static bool Next(ReadOnlySpan<byte> block, ref int at, out int record, out int kind, out ReadOnlySpan<byte> data)
    {
        (record, kind) = (0, 0);
        data = [];
        if (at > block.Length - 5 || block[at] != Marker)
        {
            return false;
        }

        (record, kind) = (block[at + 1], block[at + 2]);
        long size = BinaryPrimitives.ReadUInt16BigEndian(block[(at + 3)..]);
        at += 5;
        if (size > short.MaxValue)
        {
            // Not the size itself, but its length in bytes.
            var width = (int)size & short.MaxValue;
            if (width is < 1 or > 4 || width > block.Length - at)
            {
                return false;
            }

            size = 0;
            foreach (var value in block.Slice(at, width))
            {
                size = (size << 8) | value;
            }

            at += width;
        }

        if (size > block.Length - at)
        {
            return false;
        }

        data = block.Slice(at, (int)size);
        at += (int)size;
        return true;
    }

    private void Add(int kind, ReadOnlySpan<byte> data, Encoding? encoding)
    {
        if (!values.TryGetValue(kind, out var list))
        {
            values[kind] = list = [];
        }

        if (list.Count < MetadataText.MaxKeywords)
        {
            list.Add(encoding is null ? MetadataText.Decode(data) : encoding.GetString(data));
        }
    }

    private string? First(int kind) => values.TryGetValue(kind, out var list) ? list[0] : null;

    private List<string> All(int kind) => values.TryGetValue(kind, out var list) ? list : [];
}
