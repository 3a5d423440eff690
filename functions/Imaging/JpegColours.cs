namespace Serverless.Imaging;

/// <summary>CMYK without Adobe's marker: every viewer treats it as inverted, as Adobe writes it, so the marker is inserted.</summary>
internal static class JpegColours
{
    private const byte AsIs = 0;
    private const byte Ycck = 2;

    public static bool NeedsMarker(JpegStructure structure) => structure.Components == 4 && !structure.HasAdobe;

    public static ReadOnlyMemory<byte> WithMarker(ReadOnlyMemory<byte> bytes, JpegStructure structure)
    {
        if (!NeedsMarker(structure))
        {
            return bytes;
        }

        // If two of the four are at half size, they are chroma: no encoder halves only two inks.
        var transform = structure.HasHalvedChroma ? Ycck : AsIs;
        byte[] marked = [0xFF, 0xD8, 0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, transform, .. bytes.Span[2..]];
        return marked;
    }

    /// <summary>Why a decoder may fail on an intact file; null if nothing is unusual.</summary>
    public static string? UnusualProcess(JpegStructure structure) =>
        structure.Process switch
        {
            0xC3 or 0xC7 or 0xCB or 0xCF => "is losslessly coded (lossless JPEG)",
            0xF7 => "is a JPEG-LS image",
            0xC5 or 0xC6 or 0xCD or 0xCE => "is hierarchical",
            0xC9 or 0xCA => "is arithmetically coded",
            not 0 when structure.Precision > 8 => $"has {structure.Precision} bits a sample",
            _ => null,
        };
}
