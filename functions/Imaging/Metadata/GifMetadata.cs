namespace Serverless.Imaging.Metadata;

/// <summary>A GIF's XMP: an application block whose text is followed by a ramp of bytes that leads block readers to its end.</summary>
internal static class GifMetadata
{
    private const byte Extension = 0x21,
        Application = 0xFF,
        Picture = 0x2C;
    private const int Ramp = 257;

    public static void Find(ReadOnlyMemory<byte> file, MetadataBlocks blocks)
    {
        var bytes = file.Span;
        var at = bytes.Length > 10 ? 13 + ColourTable(bytes[10]) : bytes.Length;
        while (at + 2 < bytes.Length && bytes[at] is Extension or Picture)
        {
            if (bytes[at] == Picture)
            {
                at += 10 < bytes.Length - at ? 11 + ColourTable(bytes[at + 9]) : 11;
                at = SkipBlocks(bytes, at);
                continue;
            }

            var isXmp = bytes[at + 1] == Application && bytes[(at + 2)..].StartsWith("\u000BXMP DataXMP"u8);
            at = isXmp ? at + 14 : at + 2;
            var end = SkipBlocks(bytes, at);
            if (isXmp)
            {
                blocks.AddXmp(file[at..Math.Max(at, end - Ramp - 1)]);
                return;
            }

            at = end;
        }
    }

    private static int ColourTable(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static int SkipBlocks(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length && bytes[at] != 0)
        {
            at += bytes[at] + 1;
        }

        return Math.Min(at + 1, bytes.Length);
    }
}
