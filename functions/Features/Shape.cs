namespace Serverless.Features;

internal enum Orientation
{
    Landscape,
    Portrait,
    Square,

    /// <summary>At least twice as long one way as the other.</summary>
    Panorama,
}

/// <summary>What the size of a picture tells.</summary>
internal static class Shape
{
    /// <summary>How much longer one side may be in a picture that passes for square.</summary>
    private const double Square = 1.05;

    private const double Panorama = 2;

    public static Orientation OrientationOf(int width, int height) =>
        Math.Max(width, height) >= Panorama * Math.Min(width, height) ? Orientation.Panorama
        : width > Square * height ? Orientation.Landscape
        : height > Square * width ? Orientation.Portrait
        : Orientation.Square;

    /// <summary>Width by height.</summary>
    public static double AspectOf(int width, int height) => height == 0 ? 0 : Math.Round((double)width / height, 3);

    public static double MegapixelsOf(int width, int height) => Math.Round((double)width * height / 1e6, 2);
}
