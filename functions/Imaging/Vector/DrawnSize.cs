namespace Serverless.Imaging.Vector;

/// <summary>The number of pixels that a drawing without pixels is given: enough for its lines, and never too many.</summary>
internal static class DrawnSize
{
    /// <summary>Pixels of one drawing; below the default of Limits:MaxPixels.</summary>
    private const double MostPixels = 50_000_000;

    /// <summary>Within what cairo can draw (32,767).</summary>
    private const double MostSide = 16_384;

    /// <param name="width">Its natural size, in any unit.</param>
    /// <param name="natural">Pixels per unit that it should have.</param>
    /// <param name="leastSide">Pixels that the longer side has at least.</param>
    /// <returns>Pixels, each at least 1, and pixels per unit.</returns>
    /// <exception cref="UnsupportedImageException">It has no size.</exception>
    public static (int Width, int Height, double Scale) Of(double width, double height, double natural, double leastSide)
    {
        if (!(width > 0 && height > 0 && double.IsFinite(width) && double.IsFinite(height)))
        {
            throw new UnsupportedImageException("The drawing has no size: its width and height must be positive numbers.");
        }

        var longer = Math.Max(width, height);
        var scale = Math.Max(natural, leastSide / longer);
        scale = Math.Min(scale, Math.Min(MostSide / longer, Math.Sqrt(MostPixels / width / height)));
        return (Pixels(width * scale), Pixels(height * scale), scale);
    }

    private static int Pixels(double length) => Math.Max(1, (int)Math.Round(length));
}
