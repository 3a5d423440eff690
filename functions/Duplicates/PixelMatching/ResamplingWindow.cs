namespace Serverless.Duplicates.PixelMatching;

/// <summary>The weights by which a point of a picture is made of the points of another one around its place.</summary>
/// <param name="reach">Points to each side.</param>
/// <param name="weight">By the distance in points; what lies beyond the reach has none.</param>
internal sealed class ResamplingWindow(double reach, Func<double, double> weight)
{
    private const int Lobes = 3;

    /// <summary>Lanczos' of three lobes, as most programs resample.</summary>
    public static ResamplingWindow Lanczos { get; } = new(Lobes, OfLanczos);

    /// <summary>Those of other programs: cubic, between two points, and the mean.</summary>
    public static ResamplingWindow[] All { get; } =
    [
        Lanczos,
        new(2, x => x < 1 ? (((1.5 * x) - 2.5) * x * x) + 1 : (((((-0.5 * x) + 2.5) * x) - 4) * x) + 2),
        new(1, x => 1 - x),
        new(0.5, _ => 1),
    ];

    public double Reach => reach;

    public double At(double distance) => Math.Abs(distance) is var x && x < reach ? weight(x) : 0;

    private static double OfLanczos(double x)
    {
        var at = Math.PI * x;
        return at < 1e-6 ? 1 : Lobes * Math.Sin(at) * Math.Sin(at / Lobes) / (at * at);
    }
}
