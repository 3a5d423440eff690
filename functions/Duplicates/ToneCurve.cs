namespace Serverless.Duplicates;

/// <summary>
/// The brightness that each brightness of one picture has in the other: what an editor's brightness, contrast or gamma does,
/// with what it cut off at black and white. Straight between 17 points, never falling.
/// </summary>
internal readonly ref struct ToneCurve
{
    private const int Knots = 17;
    private const float Step = 256f / (Knots - 1);

    /// <summary>Weight of the straight line where few points say anything.</summary>
    private const double Trust = 24;

    private readonly Span<float> levels;

    /// <summary>Fits the curve; <paramref name="levels"/> is its storage of <see cref="Size"/> numbers.</summary>
    public ToneCurve(ReadOnlySpan<float> from, ReadOnlySpan<float> to, ReadOnlySpan<bool> used, LinearFit line, Span<float> levels)
    {
        this.levels = levels;
        Span<double> sums = stackalloc double[Knots];
        Span<double> weights = stackalloc double[Knots];
        for (var knot = 0; knot < Knots; knot++)
        {
            weights[knot] = Trust;
            sums[knot] = Trust * ((line.Gain * knot * Step) + line.Offset);
        }

        for (var at = 0; at < from.Length; at++)
        {
            if (used[at])
            {
                // The nearest knot, corrected along the line for the distance to it.
                var knot = Math.Clamp((int)((from[at] / Step) + 0.5f), 0, Knots - 1);
                sums[knot] += to[at] - (line.Gain * (from[at] - (knot * Step)));
                weights[knot]++;
            }
        }

        for (var knot = 0; knot < Knots; knot++)
        {
            var level = (float)(sums[knot] / weights[knot]);
            levels[knot] = knot == 0 ? level : Math.Max(levels[knot - 1], level);
        }
    }

    public static int Size => Knots;

    public float this[float level]
    {
        get
        {
            var place = Math.Clamp(level / Step, 0, Knots - 1.001f);
            var knot = (int)place;
            return levels[knot] + ((levels[knot + 1] - levels[knot]) * (place - knot));
        }
    }
}
