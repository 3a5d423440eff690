using Serverless.Features;
using Serverless.Imaging;

namespace Functions.Tests.Features;

/// <summary>A picture painted point by point, as what a decoder gives.</summary>
internal sealed class DrawnPicture(int width, int height, (byte Red, byte Green, byte Blue) ground)
{
    private readonly (byte Red, byte Green, byte Blue)[] points = [.. Enumerable.Repeat(ground, width * height)];

    public static (byte Red, byte Green, byte Blue) Colour(string hex)
    {
        var colour = PaletteColour.Parse(hex)!.Value;
        return (colour.Red, colour.Green, colour.Blue);
    }

    /// <summary>A box in shares of the sides.</summary>
    public DrawnPicture Box(double left, double top, double right, double bottom, (byte, byte, byte) colour) =>
        Paint((x, y, old) => x >= left && x < right && y >= top && y < bottom ? colour : old);

    /// <summary>A circle, by its middle in shares of the sides, its radius in shares of the height.</summary>
    public DrawnPicture Circle(double x, double y, double radius, (byte, byte, byte) colour) =>
        Paint((across, down, old) => Math.Pow((across - x) * width / height, 2) + Math.Pow(down - y, 2) < radius * radius ? colour : old);

    /// <summary>Grain of a standard deviation in levels, the same for the same seed.</summary>
    public DrawnPicture Grain(double deviation, int seed = 1)
    {
        var random = new Random(seed);
        return Paint(
            (_, _, old) =>
            {
                var grain = deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                return (Level(old.Red + grain), Level(old.Green + grain), Level(old.Blue + grain));
            }
        );
    }

    /// <summary>Means over so many points to either side, along the rows.</summary>
    public DrawnPicture Blurred(int radius)
    {
        var sharp = points.ToArray();
        for (var at = 0; at < points.Length; at++)
        {
            var row = at / width * width;
            var around = sharp[Math.Max(row, at - radius)..Math.Min(row + width, at + radius + 1)];
            points[at] = (
                Level(around.Average(point => point.Red)),
                Level(around.Average(point => point.Green)),
                Level(around.Average(point => point.Blue))
            );
        }

        return this;
    }

    public DrawnPicture Paint(Func<double, double, (byte Red, byte Green, byte Blue), (byte, byte, byte)> colour)
    {
        for (var at = 0; at < points.Length; at++)
        {
            points[at] = colour(((at % width) + 0.5) / width, ((at / width) + 0.5) / height, points[at]);
        }

        return this;
    }

    public Pixels Pixels() =>
        new(
            [.. points.SelectMany(point => new[] { point.Red, point.Green, point.Blue })],
            width,
            height,
            new Extent(0, 0, width, height),
            width,
            height
        );

    public VisualFeatures Features() => Pixels() is var pixels ? PictureAnalysis.Of(pixels, Fingerprint.Small(pixels)) : null!;

    private static byte Level(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
