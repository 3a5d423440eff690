using SkiaSharp;

namespace Bench.Quality.Drawings;

internal static class Colours
{
    public static readonly SKColor Ink = new(25, 25, 30);
    public static readonly SKColor Faint = new(150, 150, 155);
    public static readonly SKColor Paper = new(253, 253, 252);

    /// <summary>Far enough apart that nobody takes one for the other.</summary>
    public static readonly SKColor[] Plain =
    [
        new(206, 17, 38),
        new(0, 56, 147),
        new(0, 122, 61),
        new(255, 205, 0),
        new(255, 255, 255),
        new(20, 20, 20),
        new(243, 112, 33),
        new(116, 172, 223),
        new(110, 30, 110),
        new(120, 70, 30),
    ];

    /// <summary>Any hue, from pale to strong.</summary>
    public static SKColor Any(Random random) => SKColor.FromHsv(random.Next(360), random.Next(25, 95), random.Next(60, 98));

    /// <summary>The same tone in another hue, at least a sixth of the circle away.</summary>
    public static SKColor OtherHue(Random random, SKColor colour)
    {
        colour.ToHsv(out var hue, out var saturation, out var value);
        return SKColor.FromHsv((hue + 60 + random.Next(240)) % 360, saturation, value);
    }

    public static SKColor Shade(SKColor colour, double factor) =>
        new(
            (byte)Math.Clamp(colour.Red * factor, 0, 255),
            (byte)Math.Clamp(colour.Green * factor, 0, 255),
            (byte)Math.Clamp(colour.Blue * factor, 0, 255)
        );
}
