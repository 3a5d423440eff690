using Serverless.Imaging;

namespace Serverless.Drawings;

/// <summary>Reduces a plan, a photo of a whiteboard, a blueprint or a sketch to lines of one width.</summary>
internal static class LineDrawing
{
    /// <summary>The longer side of the result.</summary>
    public const int Side = 384;

    /// <summary>Width of the strokes, as a share of the longer side.</summary>
    public const double StrokeShare = 1.0 / 64;

    private const int LookSide = 1024;
    private const double LeastInk = 0.0005;
    private const double MostInk = 0.2;
    private const double MostContrary = 0.25;
    private const double MostThickness = 0.015;
    private const int LeastContrast = 10;

    /// <summary>
    /// The strokes of a picture, dark on white, smooth, at one width. The result has the picture's shape; its longer side is
    /// <see cref="Side"/>. A picture without strokes becomes white.
    /// </summary>
    public static Pixels Of(Pixels pixels) => Of(LineSheet.Of(pixels), Region.Whole);

    /// <summary>A part of a sheet; the width of the strokes is relative to the part.</summary>
    public static Pixels Of(LineSheet sheet, Region part)
    {
        var (across, down) = (part.Width * sheet.Strokes.Width, part.Height * sheet.Strokes.Height);
        var scale = Side / Math.Max(across, down);
        var (width, height) = (Math.Max(1, (int)Math.Round(across * scale)), Math.Max(1, (int)Math.Round(down * scale)));
        var canvas = new StrokeCanvas(width, height, Side * StrokeShare);
        var origin = (part.Left * sheet.Strokes.Width, part.Top * sheet.Strokes.Height);
        canvas.Draw(sheet.Strokes, sheet.Within(part), origin, (scale, scale));
        return Picture(canvas.Ink, width, height);
    }

    /// <summary>
    /// Thin strokes on plain paper, by the pixels alone: little ink, all of it to one side of the paper's brightness, and thin.
    /// </summary>
    public static bool IsLineDrawing(Pixels pixels)
    {
        var reading = Ink.Read(pixels, LookSide);
        var mask = reading.Mask;
        double points = mask.Points.Length,
            ink = mask.Ink().Count;
        if (
            ink < LeastInk * points
            || ink > MostInk * points
            || reading.Contrary * points > MostContrary * ink
            || reading.Threshold < LeastContrast
        )
        {
            return false;
        }

        Thinning.Thin(mask);
        return ink / Math.Max(1, mask.Ink().Count) <= Math.Max(3, MostThickness * mask.LongSide);
    }

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
