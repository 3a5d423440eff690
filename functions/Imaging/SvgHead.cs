using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace Serverless.Imaging;

/// <summary>Detects SVG: text whose first element is svg, after what XML allows before it; or the same compressed (SVGZ).</summary>
internal static class SvgHead
{
    /// <summary>Bytes that are examined; comments and document types before the first element are shorter.</summary>
    private const int Examined = 64 << 10;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n>/");

    public static bool IsCompressed(ReadOnlySpan<byte> bytes) => bytes is [0x1F, 0x8B, 8, ..];

    public static bool IsSvg(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, Examined)];
        return IsCompressed(head) ? Inflated(head) is { Length: > 0 } inflated && StartsWithSvg(Text(inflated)) : StartsWithSvg(Text(head));
    }

    private static byte[] Inflated(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
            var head = new byte[Examined];
            return head[..gzip.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes) =>
        bytes switch
        {
            [0xFF, 0xFE, ..] or [(byte)'<', 0, ..] => Encoding.Unicode.GetString(bytes),
            [0xFE, 0xFF, ..] or [0, (byte)'<', ..] => Encoding.BigEndianUnicode.GetString(bytes),
            [(byte)'<' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF, ..] => Encoding.UTF8.GetString(bytes),
            _ => "",
        };

    private static bool StartsWithSvg(string text)
    {
        var rest = text.AsSpan().TrimStart('\uFEFF');
        while (true)
        {
            rest = rest.TrimStart();
            if (rest.StartsWith("<?"))
            {
                rest = After(rest, "?>");
            }
            else if (rest.StartsWith("<!--"))
            {
                rest = After(rest[4..], "-->");
            }
            else if (rest.StartsWith("<!DOCTYPE"))
            {
                rest = AfterDocumentType(rest);
            }
            else
            {
                return IsSvgElement(rest);
            }
        }
    }

    /// <summary>The name may have a prefix, as in <c>&lt;svg:svg&gt;</c>.</summary>
    private static bool IsSvgElement(ReadOnlySpan<char> rest)
    {
        if (rest is not ['<', ..])
        {
            return false;
        }

        var name = rest[1..];
        var end = name.IndexOfAny(NameEnds);
        return end > 0 && (name[..end] is "svg" || name[..end].EndsWith(":svg"));
    }

    /// <summary>Past the end of a document type, whose own declarations are in brackets.</summary>
    private static ReadOnlySpan<char> AfterDocumentType(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny('>', '[');
        return end >= 0 && rest[end] == '[' ? After(After(rest[end..], "]"), ">") : After(rest, ">");
    }

    private static ReadOnlySpan<char> After(ReadOnlySpan<char> rest, string mark)
    {
        var at = rest.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? [] : rest[(at + mark.Length)..];
    }
}
