using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Serverless.Imaging.Metadata;

/// <summary>A PNG's EXIF and text chunks; the texts include XMP and ImageMagick's raw profiles.</summary>
internal static class PngMetadata
{
    private const int MaxKey = 79;

    /// <summary>Each is read once: a small file can contain any number of texts that inflate to large ones.</summary>
    private static readonly HashSet<string> OfUse = new(StringComparer.Ordinal)
    {
        "XML:com.adobe.xmp",
        "Raw profile type xmp",
        "Raw profile type exif",
        "Raw profile type APP1",
        "Raw profile type iptc",
        "Raw profile type 8bim",
        "Title",
        "Author",
        "Artist",
        "Description",
        "Comment",
        "Copyright",
    };

    public static void Find(ReadOnlyMemory<byte> file, MetadataBlocks blocks)
    {
        var wanted = new HashSet<string>(OfUse, StringComparer.Ordinal);
        var at = PngChunks.Signature.Length;
        while (PngChunks.Next(file.Span, ref at, out var name, out var data))
        {
            if (name.SequenceEqual("eXIf"u8))
            {
                blocks.AddExif(file.Slice(at - 4 - data.Length, data.Length));
            }
            else if (
                (name.SequenceEqual("tEXt"u8) || name.SequenceEqual("zTXt"u8) || name.SequenceEqual("iTXt"u8))
                && KeyOf(data) is { } key
                && wanted.Remove(key)
            )
            {
                TakeText(key, ValueOf(name, data[(key.Length + 1)..]), blocks);
            }
        }
    }

    private static string? KeyOf(ReadOnlySpan<byte> data) =>
        data.IndexOf((byte)0) is >= 1 and <= MaxKey and var end ? Encoding.Latin1.GetString(data[..end]) : null;

    private static void TakeText(string key, byte[] value, MetadataBlocks blocks)
    {
        switch (key)
        {
            case "XML:com.adobe.xmp":
                blocks.AddXmp(value);
                break;
            case "Raw profile type xmp":
                blocks.AddXmp(RawProfile(value));
                break;
            case "Raw profile type exif" or "Raw profile type APP1":
                blocks.AddExif(RawProfile(value));
                break;
            case "Raw profile type iptc" or "Raw profile type 8bim":
                TakeIptc(RawProfile(value), blocks);
                break;
            default:
                blocks.Texts.TryAdd(key, MetadataText.Decode(value.AsSpan()[..Math.Min(value.Length, MetadataText.MaxLength * 4)]));
                break;
        }
    }

    private static byte[] ValueOf(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> rest)
    {
        if (kind.SequenceEqual("tEXt"u8))
        {
            return rest.ToArray();
        }

        if (kind.SequenceEqual("zTXt"u8))
        {
            return rest.Length > 1 ? Inflated(rest[1..]) : [];
        }

        // Compression flag and method; then language and translated name, each zero-terminated.
        var isCompressed = rest is [1, ..];
        rest = rest.Length > 2 ? rest[2..] : [];
        for (var skip = 0; skip < 2; skip++)
        {
            rest = rest[(rest.IndexOf((byte)0) + 1)..];
        }

        return isCompressed ? Inflated(rest) : rest.ToArray();
    }

    /// <summary>Inflates at most <see cref="MetadataBlocks.MaxBlock"/> bytes.</summary>
    private static byte[] Inflated(ReadOnlySpan<byte> data)
    {
        using var inflate = new ZLibStream(new MemoryStream(data.ToArray()), CompressionMode.Decompress);
        using var all = new MemoryStream();
        Span<byte> part = stackalloc byte[4096];
        while (all.Length < MetadataBlocks.MaxBlock && inflate.Read(part) is var count and > 0)
        {
            all.Write(part[..count]);
        }

        return all.ToArray();
    }

    private static void TakeIptc(byte[] data, MetadataBlocks blocks)
    {
        if (data.AsSpan().StartsWith("8BIM"u8))
        {
            PhotoshopResources.Find(data, blocks);
        }
        else
        {
            blocks.AddIptc(data);
        }
    }

    /// <summary>A name, a length, and the bytes in hex over many lines.</summary>
    private static byte[] RawProfile(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart((byte)'\n');
        text = text[(text.IndexOf((byte)'\n') + 1)..].TrimStart((byte)' ');
        var line = text.IndexOf((byte)'\n');
        if (line < 0 || !int.TryParse(text[..line], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return [];
        }

        var profile = new byte[Math.Min(length, text.Length / 2)];
        var (count, high) = (0, -1);
        foreach (var letter in text[line..])
        {
            var digit = char.IsAsciiHexDigit((char)letter) ? Convert.ToInt32(((char)letter).ToString(), 16) : -1;
            if (digit >= 0 && high < 0)
            {
                high = digit;
            }
            else if (digit >= 0 && count < profile.Length)
            {
                profile[count++] = (byte)((high << 4) | digit);
                high = -1;
            }
        }

        return profile[..count];
    }
}
