using System.Text;

namespace Serverless.Imaging.Metadata;

/// <summary>
/// Reads the fields of one directory as the requested type; null if absent or of another type.
/// </summary>
internal sealed class ExifValues(ReadOnlyMemory<byte> file, ExifDirectory directory, Dictionary<int, ExifField> fields)
{
    private const int Short = 3,
        Long = 4,
        Rational = 5,
        SignedRational = 10,
        Pointer = 13;

    /// <summary>Maximum bytes of a text; longer ones are cut.</summary>
    private const int MaxText = MetadataText.MaxLength * 4;

    public long? Number(int tag) =>
        fields.TryGetValue(tag, out var field) && field.Type is Short or Long or Pointer && field.Count > 0
            ? directory.Number(field.At, field.Size)
            : null;

    public string? Text(int tag)
    {
        var bytes = Text(tag, MaxText);
        var end = bytes.IndexOf((byte)0);
        return bytes.IsEmpty ? null : MetadataText.Decode(end < 0 ? bytes : bytes[..end]);
    }

    /// <summary>Windows' own fields: UTF-16LE, whatever the file's byte order.</summary>
    public string? WindowsText(int tag)
    {
        var bytes = Text(tag, MaxText);
        return bytes.IsEmpty ? null : Encoding.Unicode.GetString(bytes).Split('\0')[0];
    }

    /// <summary>A comment, whose first eight bytes give its encoding.</summary>
    public string? Comment(int tag)
    {
        var bytes = Text(tag, MaxText);
        if (bytes.Length <= 8)
        {
            return null;
        }

        var kind = bytes[..8];
        var text = bytes[8..];
        return kind.StartsWith("UNICODE"u8) ? Unicode(text)
            : kind.StartsWith("JIS"u8) ? CodePagesEncodingProvider.Instance.GetEncoding("iso-2022-jp")!.GetString(text)
            : kind.StartsWith("ASCII"u8) || !kind.ContainsAnyExcept((byte)0) ? MetadataText.Decode(text.TrimEnd((byte)0))
            : MetadataText.Decode(bytes.TrimEnd((byte)0));
    }

    /// <summary>Three fractions, such as degrees, minutes and seconds, combined in units of the first.</summary>
    public double? Sixtieths(int tag)
    {
        if (!fields.TryGetValue(tag, out var field) || field.Type is not (Rational or SignedRational) || field.Count is < 1 or > 3)
        {
            return null;
        }

        var (sum, unit) = (0.0, 1.0);
        for (var index = 0; index < field.Count; index++, unit *= 60)
        {
            var at = field.At + (index * 8);
            if (directory.Number(at, 4) is not { } upper || directory.Number(at + 4, 4) is not { } lower || (lower == 0 && upper != 0))
            {
                return null;
            }

            sum += upper == 0 ? 0 : (double)upper / lower / unit;
        }

        return sum;
    }

    /// <summary>The bytes of a field, if the file contains all of them.</summary>
    public ReadOnlyMemory<byte> Bytes(int tag) =>
        fields.TryGetValue(tag, out var field)
        && field.At >= 0
        && field.Count <= file.Length / field.Size
        && field.At <= file.Length - (field.Count * field.Size)
            ? file.Slice((int)field.At, (int)field.Count * field.Size)
            : default;

    private ReadOnlySpan<byte> Text(int tag, int most)
    {
        var bytes = fields.TryGetValue(tag, out var field) && field.Size == 1 ? Bytes(tag).Span : [];
        return bytes[..Math.Min(bytes.Length, most)];
    }

    /// <summary>In the file's byte order by the standard; a BOM, or the letters themselves, reveal exceptions.</summary>
    private string Unicode(ReadOnlySpan<byte> text)
    {
        var isLittle = text switch
        {
            [0xFF, 0xFE, ..] => true,
            [0xFE, 0xFF, ..] => false,
            [0, not 0, ..] => false,
            [not 0, 0, ..] => true,
            _ => directory.IsLittleEndian,
        };
        return (isLittle ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(text).TrimStart('\uFEFF');
    }
}
