namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Where the places of one picture lie on another: scaled and shifted along each side. Places are in points of full detail;
/// the point n covers [n, n + 1).
/// </summary>
internal readonly record struct Mapping(double ScaleX, double ScaleY, double ShiftX, double ShiftY)
{
    /// <summary>How many points of the other a point covers, one direction with the other.</summary>
    public double Scale => Math.Sqrt(ScaleX * ScaleY);

    public Mapping Inverse => new(1 / ScaleX, 1 / ScaleY, -ShiftX / ScaleX, -ShiftY / ScaleY);

    /// <summary>One rectangle on another.</summary>
    public static Mapping Of(Area from, Area to)
    {
        var (scaleX, scaleY) = (to.Width / from.Width, to.Height / from.Height);
        return new(scaleX, scaleY, to.Left - (scaleX * from.Left), to.Top - (scaleY * from.Top));
    }

    public double X(double x) => (ScaleX * x) + ShiftX;

    public double Y(double y) => (ScaleY * y) + ShiftY;

    public Area Apply(Area area) => new(X(area.Left), Y(area.Top), X(area.Right), Y(area.Bottom));

    /// <summary>The same between levels of the two pyramids, each halved so many times; a negative number leads back.</summary>
    public Mapping Between(int fromLevel, int toLevel)
    {
        var (from, to) = (Math.Pow(2, fromLevel), Math.Pow(2, toLevel));
        return new(ScaleX * from / to, ScaleY * from / to, ShiftX / to, ShiftY / to);
    }

    /// <summary>The generated one would print <see cref="Inverse"/>, and its inverse, without end.</summary>
    public override string ToString() => FormattableString.Invariant($"{ScaleX} x + {ShiftX}, {ScaleY} y + {ShiftY}");
}

/// <summary>A rectangle in points; right and bottom are outside.</summary>
internal readonly record struct Area(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public double Size => Math.Max(0, Width) * Math.Max(0, Height);

    public static Area Of(PictureDetail picture) => new(0, 0, picture.Width, picture.Height);

    public Area Intersect(Area other) =>
        new(Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));
}
