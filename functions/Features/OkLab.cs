namespace Serverless.Features;

/// <summary>
/// A colour in OKLab (Björn Ottosson, 2020; public domain), where equal distances look about equally different.
/// </summary>
/// <param name="L">Lightness, 0 for black to 1 for white.</param>
/// <param name="A">From green to red, some -0.23 to 0.28 in sRGB.</param>
/// <param name="B">From blue to yellow, some -0.31 to 0.20 in sRGB.</param>
internal readonly record struct OkLab(double L, double A, double B)
{
    /// <summary>Linear light of each 8-bit sRGB level.</summary>
    private static readonly double[] Linear =
    [
        .. Enumerable
            .Range(0, 256)
            .Select(level => level / 255.0)
            .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4)),
    ];

    public double Chroma => Math.Sqrt((A * A) + (B * B));

    /// <summary>In degrees, 0 up to 360.</summary>
    public double Hue => Math.Atan2(B, A) * 180 / Math.PI is var angle && angle < 0 ? angle + 360 : angle;

    public static OkLab Of(byte red, byte green, byte blue)
    {
        var (r, g, b) = (Linear[red], Linear[green], Linear[blue]);
        var l = Math.Cbrt((0.4122214708 * r) + (0.5363325363 * g) + (0.0514459929 * b));
        var m = Math.Cbrt((0.2119034982 * r) + (0.6806995451 * g) + (0.1073969566 * b));
        var s = Math.Cbrt((0.0883024619 * r) + (0.2817188376 * g) + (0.6299787005 * b));
        return new OkLab(
            (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s)
        );
    }

    /// <summary>The nearest colour that 8-bit sRGB has.</summary>
    public (byte Red, byte Green, byte Blue) ToRgb()
    {
        var l = Cube(L + (0.3963377774 * A) + (0.2158037573 * B));
        var m = Cube(L - (0.1055613458 * A) - (0.0638541728 * B));
        var s = Cube(L - (0.0894841775 * A) - (1.2914855480 * B));
        return (
            Level((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s)),
            Level((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s)),
            Level((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s))
        );
    }

    public double DistanceTo(OkLab other) => Math.Sqrt(SquaredDistanceTo(other));

    public double SquaredDistanceTo(OkLab other)
    {
        var (l, a, b) = (L - other.L, A - other.A, B - other.B);
        return (l * l) + (a * a) + (b * b);
    }

    private static double Cube(double value) => value * value * value;

    private static byte Level(double linear)
    {
        var value = linear <= 0.0031308 ? linear * 12.92 : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;
        return (byte)Math.Clamp(Math.Round(value * 255), 0, 255);
    }
}
