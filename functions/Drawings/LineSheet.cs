using Serverless.Imaging;

namespace Serverless.Drawings;

/// <summary>A picture as thinned strokes, and the means to draw any part of it again.</summary>
internal sealed class LineSheet
{
    private const double GapShare = 0.006;

    private LineSheet(Mask strokes) => Strokes = strokes;

    /// <summary>One point wide.</summary>
    public Mask Strokes { get; }

    public static LineSheet Of(Pixels pixels)
    {
        var mask = Ink.Of(pixels);
        var ink = mask.Ink().Count;
        Thinning.Thin(mask);
        var thickness = (double)ink / Math.Max(1, mask.Ink().Count);
        Drawings.Strokes.Prune(mask, (int)Math.Ceiling(thickness) + 2);
        Lettering.Remove(mask);
        Drawings.Strokes.CloseGaps(mask, Math.Max(3, mask.LongSide * GapShare));
        return new LineSheet(mask);
    }

    /// <summary>The box around all strokes, in fractions; nothing if there is none.</summary>
    public Region? Content()
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, -1, -1);
        foreach (var at in Strokes.Ink())
        {
            var (x, y) = (at % Strokes.Width, at / Strokes.Width);
            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
        }

        return right < 0 ? null : Fractions(left, top, right + 1, bottom + 1);
    }

    public Region Fractions(double left, double top, double right, double bottom) =>
        new(left / Strokes.Width, top / Strokes.Height, right / Strokes.Width, bottom / Strokes.Height);

    /// <summary>The strokes in a part, in points of the sheet.</summary>
    public List<int> Within(Region part)
    {
        var within = new List<int>();
        var (left, right) = ((int)Math.Floor(part.Left * Strokes.Width), (int)Math.Ceiling(part.Right * Strokes.Width));
        var (top, bottom) = ((int)Math.Floor(part.Top * Strokes.Height), (int)Math.Ceiling(part.Bottom * Strokes.Height));
        for (var y = Math.Max(0, top); y < Math.Min(Strokes.Height, bottom); y++)
        {
            for (var x = Math.Max(0, left); x < Math.Min(Strokes.Width, right); x++)
            {
                if (Strokes.Points[(y * Strokes.Width) + x] != 0)
                {
                    within.Add((y * Strokes.Width) + x);
                }
            }
        }

        return within;
    }
}
