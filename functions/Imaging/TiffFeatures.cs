namespace Serverless.Imaging;

/// <summary>Features that the TIFF decoder lacks, by name: an intact file must not be called damaged because of them.</summary>
internal static class TiffFeatures
{
    private const int OldJpeg = 6;
    private const int MostStretches = 20_000;
    private const string Advice = "save it with LZW or Deflate compression, as RGB or grey with 8 or 16 bits";

    /// <summary>Why a page cannot be read, as a sentence; null if it can.</summary>
    public static string? RejectionReason(TiffDirectory page)
    {
        var compression = page.Number(TiffDirectory.Compression) ?? 1;
        var photometric = page.Number(TiffDirectory.Photometric);
        var bits = page.Number(TiffDirectory.BitsPerSample) ?? 1;
        return Compression(compression) is { } name ? $"The TIFF image is compressed with {name}, which cannot be read: {Advice}."
            : Colours(photometric) is { } colours ? $"The TIFF image holds {colours}, which cannot be read: {Advice}."
            : bits is not (1 or 2 or 4 or 8 or 16 or 32) ? $"The TIFF image has {bits} bits a sample, which cannot be read: {Advice}."
            : null;
    }

    /// <summary>The JPEG file inside an old-style page; null if there is none.</summary>
    public static ReadOnlyMemory<byte>? OldStyleJpeg(ReadOnlyMemory<byte> bytes, TiffDirectory page) =>
        page.Number(TiffDirectory.Compression) == OldJpeg
        && page.Number(TiffDirectory.JpegOffset) is { } at
        && at > 0
        && at < bytes.Length
        && bytes.Span[(int)at..] is [0xFF, 0xD8, 0xFF, ..]
            ? bytes.Slice((int)at, (int)Math.Min(page.Number(TiffDirectory.JpegLength) ?? long.MaxValue, bytes.Length - at))
            : null;

    /// <summary>The positions of a page's strips or tiles.</summary>
    public static IEnumerable<(long Offset, long Length)> Data(TiffReader reader, TiffDirectory page)
    {
        var found = new List<(long Offset, long Length)>();
        foreach (
            var (offsets, lengths) in new[]
            {
                (TiffDirectory.StripOffsets, TiffDirectory.StripByteCounts),
                (TiffDirectory.TileOffsets, TiffDirectory.TileByteCounts),
            }
        )
        {
            if (page.Fields.TryGetValue(offsets, out var at) && page.Fields.TryGetValue(lengths, out var length))
            {
                found.AddRange(
                    reader
                        .Numbers(at, MostStretches)
                        .Zip(reader.Numbers(length, MostStretches))
                        .Where(pair => pair is { First: >= 0, Second: >= 0 })
                );
            }
        }

        return found;
    }

    private static string? Compression(long compression) =>
        compression switch
        {
            1 or 2 or 3 or 4 or 5 or 7 or 8 or 32771 or 32773 or 32946 or 50001 => null,
            OldJpeg => "old-style JPEG",
            32766 => "NeXT run lengths",
            32809 => "ThunderScan",
            33003 or 33004 or 33005 or 34712 => "JPEG 2000",
            34661 => "JBIG",
            34676 or 34677 => "SGI LogLuv",
            34887 => "LERC",
            34925 => "LZMA",
            50000 or 34926 => "Zstandard",
            50002 or 52546 => "JPEG XL",
            _ => $"method {compression}",
        };

    private static string? Colours(long? photometric) =>
        photometric switch
        {
            8 or 9 or 10 => "L*a*b* colours",
            32844 or 32845 => "LogLuv colours",
            4 => "a transparency mask only",
            _ => null,
        };
}
