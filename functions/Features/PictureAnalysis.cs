using Serverless.Imaging;

namespace Serverless.Features;

/// <summary>Finds out what the pixels of a picture tell, from those that were decoded for its fingerprint.</summary>
internal static class PictureAnalysis
{
    /// <summary>The strongest colour of sRGB, a blue, has a little less.</summary>
    private const double MostChroma = 0.32;

    /// <summary>Chroma above which a point has a colour, and the share of such points in a picture without.</summary>
    private const double LeastChroma = 0.02;
    private const double MostColoured = 0.01;

    /// <summary>Deviation of grain, in levels, that counts as 100.</summary>
    private const double MostNoise = 25;

    public static VisualFeatures Of(CheckedImage image) => Of(image.Pixels(Fingerprint.DecodedSide), image.Small);

    /// <param name="small">The same at 128 × 128 points.</param>
    public static VisualFeatures Of(Pixels pixels, byte[] small)
    {
        var points = new ColourPoints(small);
        var cells = new CellGrid(points);
        var ground = new GroundColours(cells);
        var distances = ground.DistancesTo(points.Bins.Colours);
        var subject = SubjectFinder.Of(points, cells, ground, distances);
        var detail = FineDetail.Of(pixels);
        return new VisualFeatures
        {
            Palette = Palette.Of(points.Bins),
            Foreground = Foreground(points, distances, subject),
            Background = ColourNames.Of(ground.Main),
            Brightness = Percent(Mean(points.Bins, colour => colour.L)),
            Chroma = Percent(Mean(points.Bins, colour => colour.Chroma) / MostChroma),
            IsBlackAndWhite = Mean(points.Bins, colour => colour.Chroma > LeastChroma ? 1 : 0) < MostColoured,
            IsTransparent = pixels.IsTransparent,
            IsIsolated = ground.IsUniform && subject is not null,
            CopySpace = CopySpace.Of(cells, subject),
            Subject = subject,
            Symmetry = Percent(Symmetry.Of(cells)),
            Sharpness = Percent(detail.Sharpness),
            Noise = Percent(detail.Noise / MostNoise),
        };
    }

    private static double Mean(ColourBins bins, Func<OkLab, double> value)
    {
        var sum = 0.0;
        foreach (var (colour, weight) in bins.Colours)
        {
            sum += weight * value(colour);
        }

        return sum;
    }

    private static int Percent(double value) => (int)Math.Round(100 * Math.Clamp(value, 0, 1));

    /// <summary>The most frequent name in the box of the subject, a point counting as much as it stands out; else in the middle.</summary>
    private static ColourName Foreground(ColourPoints points, double[] distances, Subject? subject)
    {
        var box = subject ?? new Subject(0.25, 0.25, 0.75, 0.75, 0);
        var (counts, all) = (new double[12], new double[12]);
        const int side = ColourPoints.Side;
        for (var y = (int)(box.Top * side); y < (int)(box.Bottom * side); y++)
        {
            for (var x = (int)(box.Left * side); x < (int)(box.Right * side); x++)
            {
                var point = (y * side) + x;
                var name = (int)points.Bins.NameAt(point);
                all[name]++;
                counts[name] += subject is not null ? distances[points.Bins.PlaceOf(point)] : 0;
            }
        }

        var which = counts.Max() > 0 ? counts : all;
        return (ColourName)Array.IndexOf(which, which.Max());
    }
}
