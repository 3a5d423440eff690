namespace Serverless.Drawings;

/// <summary>A rectangle of a page, in fractions of its width and height.</summary>
internal readonly record struct Region(double Left, double Top, double Right, double Bottom)
{
    public static readonly Region Whole = new(0, 0, 1, 1);

    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public double Area => Math.Max(0, Width) * Math.Max(0, Height);

    /// <summary>Intersection over union, 0 to 1.</summary>
    public double Overlap(Region other)
    {
        var shared = Shared(other);
        return shared <= 0 ? 0 : shared / (Area + other.Area - shared);
    }

    /// <summary>The area that both have.</summary>
    public double Shared(Region other) =>
        new Region(Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom))
            is { Width: > 0, Height: > 0 } both
            ? both.Area
            : 0;
}
