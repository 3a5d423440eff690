using Serverless.Imaging;

namespace Serverless.Drawings;

/// <summary>Reduces a plan, a photo of a whiteboard, a blueprint or a sketch to lines of one width.</summary>
internal static class LineDrawing
{
    /// <summary>The longer side of the result.</summary>
    public const int Side = 384;

    /// <summary>Width of the strokes, as a share of the longer side.</summary>
    public const double StrokeShare = 1.0 / 64;

    /// <summary>
    /// The strokes of a picture, dark on white, smooth, at one width. The result has the picture's shape; its longer side is
    /// <see cref="Side"/>. A picture without strokes becomes white.
    /// </summary>
    public static Pixels Of(Pixels pixels) => Of(LineSheet.Of(pixels), Region.Whole, null);

    /// <summary>A part of a sheet; the width of the strokes is relative to the part.</summary>
    /// <param name="strokes">All strokes of the part if nothing.</param>
    public static Pixels Of(LineSheet sheet, Region part, IReadOnlyList<int>? strokes)
    {
        var (across, down) = (part.Width * sheet.Strokes.Width, part.Height * sheet.Strokes.Height);
        var scale = Side / Math.Max(across, down);
        var (width, height) = (Math.Max(1, (int)Math.Round(across * scale)), Math.Max(1, (int)Math.Round(down * scale)));
        var canvas = new StrokeCanvas(width, height, Side * StrokeShare);
        var origin = (part.Left * sheet.Strokes.Width, part.Top * sheet.Strokes.Height);
        canvas.Draw(sheet.Strokes, strokes ?? sheet.Within(part), origin, (scale, scale));
        return Picture(canvas.Ink, width, height);
    }

    /// <summary>Thin strokes on plain paper, by the pixels alone.</summary>
    public static bool IsLineDrawing(Pixels pixels) => LineEvidence.Of(pixels).IsLineDrawing;

    private static Pixels Picture(float[] ink, int width, int height)
    {
        var rgb = new byte[ink.Length * 3];
        for (var at = 0; at < ink.Length; at++)
        {
            rgb.AsSpan(3 * at, 3).Fill((byte)Math.Round(255 * (1 - ink[at])));
        }

        return new Pixels(rgb, width, height, new Extent(0, 0, width, height), width, height);
    }
}
