namespace Serverless.Drawings;

/// <summary>Strokes that belong together, and the box around them in points of the sheet (right and bottom excluded).</summary>
internal sealed record Part(int Left, int Top, int Right, int Bottom, int[] Points)
{
    public int LongSide => Math.Max(Right - Left, Bottom - Top);

    public int ShortSide => Math.Min(Right - Left, Bottom - Top);

    /// <summary>Length of the strokes in long sides: 2 to 4 for a plain box.</summary>
    public double Richness => (double)Points.Length / LongSide;

    /// <summary>Found by the closeness of its strokes, not by what is connected.</summary>
    public bool IsDense { get; init; }

    private double Area => (double)(Right - Left) * (Bottom - Top);

    /// <param name="points">At least one.</param>
    /// <param name="width">Of the sheet.</param>
    public static Part Of(int[] points, int width)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, 0, 0);
        foreach (var at in points)
        {
            var (y, x) = Math.DivRem(at, width);
            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
        }

        return new Part(left, top, right + 1, bottom + 1, points);
    }

    /// <summary>Intersection over union of the boxes, 0 to 1.</summary>
    public double Overlap(Part other)
    {
        double across = Math.Min(Right, other.Right) - Math.Max(Left, other.Left),
            down = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
        return across <= 0 || down <= 0 ? 0 : across * down / (Area + other.Area - (across * down));
    }
}
