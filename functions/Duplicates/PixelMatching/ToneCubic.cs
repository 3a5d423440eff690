namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// A tone curve of degree three, fitted with little weight for what does not lie on it. Levels that are cut off at black or white
/// say only that they are cut off. Where it has an exponent, it is a curve of levels that are raised to that first.
/// </summary>
internal readonly record struct ToneCubic(
    double Constant,
    double Linear,
    double Square,
    double Cube,
    double First,
    double Last,
    double Exponent = 1
)
{
    private const int Unknowns = 4;
    private const int Width = Unknowns + 1;
    private const int Rounds = 6;
    private const double Black = 4;
    private const double White = 251;
    private const double LeastSlope = 0.3;
    private const double MostSlope = 3.2;

    /// <summary>A gamma beyond this, or below its inverse, is no adjustment that leaves a picture what it was.</summary>
    private const double MostExponent = 1.8;

    /// <summary>A gamma nearer to none says no more than a line does.</summary>
    private const double LeastExponent = 1.06;

    /// <summary>Keeps what few levels determine near to the identity.</summary>
    private const double Trust = 0.002;

    public static ToneCubic Identity { get; } = new(0, 1, 0, 0, 0, 255);

    /// <summary>The level after the curve, not yet cut off. Beyond the levels it was fitted on it goes on straight.</summary>
    public double At(double level)
    {
        level = Exponent == 1 ? level : Raised(level, Exponent);
        var within = Math.Clamp(level, First, Last);
        var x = within / 255;
        return (255 * (Constant + (x * (Linear + (x * (Square + (x * Cube))))))) + ((level - within) * Slope(within));
    }

    /// <summary>Levels by which it leads away from the level that it was given, at most.</summary>
    public double Bent
    {
        get
        {
            var most = 0.0;
            for (var level = First; level <= Last; level += 8)
            {
                most = Math.Max(most, Math.Abs(Math.Clamp(At(level), 0, 255) - level));
            }

            return most;
        }
    }

    /// <summary>Whether it rises everywhere, and no more than photographs bear.</summary>
    public bool IsTone
    {
        get
        {
            if (Exponent is > MostExponent or < 1 / MostExponent)
            {
                return false;
            }

            for (var level = First; level <= Last; level += 8)
            {
                if (Slope(level) is < LeastSlope or > MostSlope)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Fits a gamma, with a line after it; null where the levels say of none.</summary>
    public static ToneCubic? FitGamma(ReadOnlySpan<float> from, ReadOnlySpan<float> to)
    {
        var (exponents, count) = (new double[from.Length], 0);
        for (var at = 0; at < from.Length; at++)
        {
            if (from[at] is > 24 and < 232 && to[at] is > 12 and < 243)
            {
                exponents[count++] = Math.Log(to[at] / 255) / Math.Log(from[at] / 255);
            }
        }

        var exponent = count < 16 ? 0 : OrderStatistic.Median(exponents.AsSpan(0, count));
        if (exponent is < 1 / MostExponent or > MostExponent or (> 1 / LeastExponent and < LeastExponent))
        {
            return null;
        }

        var raised = new float[from.Length];
        for (var at = 0; at < raised.Length; at++)
        {
            raised[at] = (float)Raised(from[at], exponent);
        }

        return Fit(raised, to, isStraight: true) with
        {
            Exponent = exponent,
        };
    }

    private static double Raised(double level, double exponent) => 255 * Math.Pow(Math.Max(0, level) / 255, exponent);

    private double Slope(double level)
    {
        var x = level / 255;
        return Linear + (x * ((2 * Square) + (3 * x * Cube)));
    }

    /// <summary>Fits a curve, or, where it shall be <paramref name="isStraight"/>, a line.</summary>
    public static ToneCubic Fit(ReadOnlySpan<float> from, ReadOnlySpan<float> to, bool isStraight = false)
    {
        var levels = from.ToArray();
        var (first, last) = (
            OrderStatistic.At<float>(levels, levels.Length / 100),
            OrderStatistic.At<float>(levels, levels.Length - 1 - (levels.Length / 100))
        );
        var curve = Identity with { First = first, Last = last };
        Span<double> system = stackalloc double[Unknowns * Width];
        var errors = new float[from.Length];
        for (var round = 0; round < Rounds; round++)
        {
            var tolerance = round == 0 ? double.PositiveInfinity : curve.Tolerance(from, to, errors);
            system.Clear();
            for (var at = 0; at < from.Length; at++)
            {
                var now = curve.At(from[at]);
                var isCut = to[at] is < (float)Black or > (float)White;

                // Before the first fit nothing is known of what is cut off; later, where the curve goes beyond as well, it agrees.
                if (isCut && (round == 0 || (to[at] > White ? now >= to[at] : now <= to[at])))
                {
                    continue;
                }

                var apart = (to[at] - now) / tolerance;
                var weight =
                    round == 0 ? 1 / (8 + Math.Abs(to[at] - from[at]))
                    : Math.Abs(apart) >= 1 ? 0
                    : (1 - (apart * apart)) * (1 - (apart * apart));
                Add(system, from[at] / 255, to[at] / 255, weight, isStraight);
            }

            Regularise(system);
            if (!LinearSystem.TrySolve(system, Unknowns))
            {
                return Identity;
            }

            curve = curve with
            {
                Constant = system[Unknowns],
                Linear = system[Width + Unknowns],
                Square = system[(2 * Width) + Unknowns],
                Cube = system[(3 * Width) + Unknowns],
            };
        }

        return curve;
    }

    private double Tolerance(ReadOnlySpan<float> from, ReadOnlySpan<float> to, float[] errors)
    {
        for (var at = 0; at < from.Length; at++)
        {
            errors[at] = (float)Math.Abs(Math.Clamp(At(from[at]), 0, 255) - to[at]);
        }

        return Math.Max(4, 4 * OrderStatistic.Median<float>(errors));
    }

    private static void Add(Span<double> system, double x, double y, double weight, bool isStraight)
    {
        ReadOnlySpan<double> observed = isStraight ? [1, x, 0, 0, y] : [1, x, x * x, x * x * x, y];
        LinearSystem.Add(system, observed, weight);
    }

    private static void Regularise(Span<double> system)
    {
        var trust = (Trust * system[0]) + 1e-9;
        for (var row = 0; row < Unknowns; row++)
        {
            system[(row * Width) + row] += row < 2 ? trust / 10 : trust;
            system[(row * Width) + Unknowns] += row == 1 ? trust / 10 : 0;
        }
    }
}
