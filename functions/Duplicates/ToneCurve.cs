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
    private const double Trust = 8;

    /// <summary>Every third point is enough to say where a curve lies.</summary>
    private const int Stride = 3;

    private const int Fineness = 16;

    private readonly Span<float> levels;

    /// <summary>An empty curve; <paramref name="levels"/> is its storage of <see cref="Size"/> numbers.</summary>
    public ToneCurve(Span<float> levels) => this.levels = levels;

    public static int Size => Knots;

    /// <summary>Fits the curve to pairs of values, around the straight line that was fitted to them.</summary>
    public void Fit(ReadOnlySpan<float> from, ReadOnlySpan<float> to, ReadOnlySpan<bool> used, LinearFit line)
    {
        Span<double> sums = stackalloc double[Knots];
        Span<double> weights = stackalloc double[Knots];
        var (gain, offset) = ((float)line.Gain, line.Offset);
        for (var knot = 0; knot < Knots; knot++)
        {
            weights[knot] = Trust;
            sums[knot] = Trust * ((gain * knot * Step) + offset);
        }

        for (var at = 0; at < from.Length; at += Stride)
        {
            if (used[at])
            {
                // The nearest knot, corrected along the line for the distance to it.
                var knot = Math.Clamp((int)((from[at] / Step) + 0.5f), 0, Knots - 1);
                sums[knot] += to[at] - (gain * (from[at] - (knot * Step)));
                weights[knot] += 1;
            }
        }

        for (var knot = 0; knot < Knots; knot++)
        {
            var level = (float)(sums[knot] / weights[knot]);
            levels[knot] = knot == 0 ? level : Math.Max(levels[knot - 1], level);
        }
    }

    /// <summary>Applies the curve to values in [0, 256), each rounded to a sixteenth of a luma step first.</summary>
    public void Apply(ReadOnlySpan<float> from, Span<float> to)
    {
        const int perKnot = (int)Step * Fineness;
        Span<float> table = stackalloc float[(Knots - 1) * perKnot];
        for (var knot = 0; knot < Knots - 1; knot++)
        {
            var (level, slope) = (levels[knot], (levels[knot + 1] - levels[knot]) / perKnot);
            for (var at = 0; at < perKnot; at++)
            {
                table[(knot * perKnot) + at] = level + (slope * at);
            }
        }

        for (var at = 0; at < from.Length; at++)
        {
            to[at] = table[Math.Clamp((int)((from[at] * Fineness) + 0.5f), 0, table.Length - 1)];
        }
    }
}
