using NetVips;

namespace Local.Calibration;

/// <summary>Draws words without any installed font: capitals and digits of 5 × 7 pixels.</summary>
internal static class Lettering
{
    private const int GlyphWidth = 5;
    private const int GlyphHeight = 7;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,-";

    /// <summary>One number per row of pixels, five bits, leftmost highest.</summary>
    // csharpier-ignore
    private static readonly byte[] Points =
    [
        14, 17, 17, 31, 17, 17, 17, 30, 17, 17, 30, 17, 17, 30, 14, 17, 16, 16, 16, 17, 14, 30, 17, 17, 17, 17, 17, 30,
        31, 16, 16, 30, 16, 16, 31, 31, 16, 16, 30, 16, 16, 16, 14, 17, 16, 23, 17, 17, 15, 17, 17, 17, 31, 17, 17, 17,
        14, 4, 4, 4, 4, 4, 14, 7, 2, 2, 2, 2, 18, 12, 17, 18, 20, 24, 20, 18, 17, 16, 16, 16, 16, 16, 16, 31,
        17, 27, 21, 21, 17, 17, 17, 17, 25, 21, 19, 17, 17, 17, 14, 17, 17, 17, 17, 17, 14, 30, 17, 17, 30, 16, 16, 16,
        14, 17, 17, 17, 21, 18, 13, 30, 17, 17, 30, 20, 18, 17, 15, 16, 16, 14, 1, 1, 30, 31, 4, 4, 4, 4, 4, 4,
        17, 17, 17, 17, 17, 17, 14, 17, 17, 17, 17, 17, 10, 4, 17, 17, 17, 21, 21, 27, 17, 17, 17, 10, 4, 10, 17, 17,
        17, 17, 10, 4, 4, 4, 4, 31, 1, 2, 4, 8, 16, 31, 14, 17, 19, 21, 25, 17, 14, 4, 12, 4, 4, 4, 4, 14,
        14, 17, 1, 6, 8, 16, 31, 30, 1, 1, 14, 1, 1, 30, 2, 6, 10, 18, 31, 2, 2, 31, 16, 30, 1, 1, 17, 14,
        6, 8, 16, 30, 17, 17, 14, 31, 1, 2, 4, 8, 8, 8, 14, 17, 17, 14, 17, 17, 14, 14, 17, 17, 15, 1, 2, 12,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 12, 0, 0, 0, 0, 12, 4, 8, 0, 0, 0, 31, 0, 0, 0,
    ];

    /// <summary>A mask of one line, 255 inside letters, about <paramref name="width"/> pixels wide.</summary>
    public static Image Mask(string text, int width)
    {
        var across = text.Length * (GlyphWidth + 1);
        var mask = new byte[across * GlyphHeight];
        for (var at = 0; at < text.Length; at++)
        {
            var glyph = Letters.IndexOf(text[at], StringComparison.Ordinal);
            for (var y = 0; glyph >= 0 && y < GlyphHeight; y++)
            {
                for (var x = 0; x < GlyphWidth; x++)
                {
                    mask[(y * across) + (at * (GlyphWidth + 1)) + x] =
                        (Points[(glyph * GlyphHeight) + y] >> (GlyphWidth - 1 - x) & 1) == 1 ? (byte)255 : (byte)0;
                }
            }
        }

        using var small = Image.NewFromMemoryCopy(mask, across, GlyphHeight, 1, Enums.BandFormat.Uchar);
        return small.Resize((double)width / across, kernel: Enums.Kernel.Linear).Copy(interpretation: Enums.Interpretation.Bw);
    }
}
