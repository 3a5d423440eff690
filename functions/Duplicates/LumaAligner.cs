namespace Serverless.Duplicates;

/// <summary>
/// Finds how one small luma picture lies on another: the whole on the whole, or the whole on a part (one is a crop of the
/// other, or has a border). A coarse search at 16 × 16, then a fine one at 64 × 64 around the best placements.
/// </summary>
internal static class LumaAligner
{
    public const int Side = 64;

    private const int CoarseSide = 16;

    private static readonly double[] Scales = [1, 0.97, 0.94, 0.91, 0.88, 0.84, 0.8];

    /// <summary>Aligns two 64 × 64 luma pictures, row by row; symmetric in its arguments.</summary>
    public static Alignment Align(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(a.Length, Side * Side);
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, Side * Side);
        var forward = Search(a, b);
        var backward = Search(b, a);
        return (forward.Agreement, forward.Correlation).CompareTo((backward.Agreement, backward.Correlation)) >= 0 ? forward : backward;
    }

    /// <summary>The best placement of the whole of <paramref name="part"/> on <paramref name="whole"/>.</summary>
    private static Alignment Search(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> part)
    {
        Span<float> coarsePart = stackalloc float[CoarseSide * CoarseSide];
        Span<float> coarseWhole = stackalloc float[CoarseSide * CoarseSide];
        Sample(part, new Placement(1, 0, 0), coarsePart, CoarseSide);
        var best = new Placement(1, 0, 0);
        var bestCorrelation = double.NegativeInfinity;
        foreach (var scale in Scales)
        {
            var room = 1 - scale;
            var steps = scale >= 1 ? 0 : 4;
            for (var y = 0; y <= steps; y++)
            {
                for (var x = 0; x <= steps; x++)
                {
                    var placement = steps == 0 ? new Placement(1, 0, 0) : new Placement(scale, room * x / steps, room * y / steps);
                    Sample(whole, placement, coarseWhole, CoarseSide);
                    var correlation = Correlation(coarseWhole, coarsePart);
                    if (correlation > bestCorrelation)
                    {
                        (best, bestCorrelation) = (placement, correlation);
                    }
                }
            }
        }

        return Refine(whole, part, best);
    }

    private static Alignment Refine(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> part, Placement start)
    {
        Span<float> target = stackalloc float[Side * Side];
        Span<float> sample = stackalloc float[Side * Side];
        Sample(part, new Placement(1, 0, 0), target, Side);
        var best = start;
        Sample(whole, best, sample, Side);
        var bestCorrelation = Correlation(sample, target);
        for (var step = 0.02; step > 0.004; step /= 2)
        {
            var improved = true;
            while (improved)
            {
                improved = false;
                foreach (var candidate in best.Neighbours(step))
                {
                    Sample(whole, candidate, sample, Side);
                    var correlation = Correlation(sample, target);
                    if (correlation > bestCorrelation + 1e-6)
                    {
                        (best, bestCorrelation, improved) = (candidate, correlation, true);
                    }
                }
            }
        }

        // What covers part of a picture (a watermark, a logo) pulls the correlation to a wrong place: the plain one may be the better.
        var refined = Measure(whole, target, sample, best);
        var plain = Measure(whole, target, sample, new Placement(1, 0, 0));
        return plain.Agreement >= refined.Agreement ? plain : refined;
    }

    private static Alignment Measure(ReadOnlySpan<byte> whole, ReadOnlySpan<float> target, Span<float> sample, Placement placement)
    {
        Sample(whole, placement, sample, Side);
        var (correlation, agreement) = BlockComparison.Compare(sample, target);
        return new Alignment(
            Math.Round(correlation, 4), Math.Round(agreement, 4), Math.Round(placement.Scale, 4), Math.Round(placement.X, 4), Math.Round(placement.Y, 4));
    }

    /// <summary>Reads the placed part of a picture at <paramref name="side"/> × <paramref name="side"/> points, bilinear; averages where it shrinks.</summary>
    private static void Sample(ReadOnlySpan<byte> picture, Placement placement, Span<float> output, int side)
    {
        var step = placement.Scale * Side / side;
        var taps = Math.Max(1, (int)Math.Round(step / 2));
        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column < side; column++)
            {
                float sum = 0;
                for (var tapY = 0; tapY < taps; tapY++)
                {
                    var y = (placement.Y * Side) + ((row + ((tapY + 0.5) / taps)) * step) - 0.5;
                    for (var tapX = 0; tapX < taps; tapX++)
                    {
                        var x = (placement.X * Side) + ((column + ((tapX + 0.5) / taps)) * step) - 0.5;
                        sum += Bilinear(picture, x, y);
                    }
                }

                output[(row * side) + column] = sum / (taps * taps);
            }
        }
    }

    private static float Bilinear(ReadOnlySpan<byte> picture, double x, double y)
    {
        x = Math.Clamp(x, 0, Side - 1);
        y = Math.Clamp(y, 0, Side - 1);
        var left = Math.Min((int)x, Side - 2);
        var top = Math.Min((int)y, Side - 2);
        var fx = (float)(x - left);
        var fy = (float)(y - top);
        var at = (top * Side) + left;
        var upper = picture[at] + ((picture[at + 1] - picture[at]) * fx);
        var lower = picture[at + Side] + ((picture[at + Side + 1] - picture[at + Side]) * fx);
        return upper + ((lower - upper) * fy);
    }

    private static double Correlation(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var fit = new LinearFit();
        fit.Add(a, b);
        return fit.Correlation;
    }

    private readonly record struct Placement(double Scale, double X, double Y)
    {
        public IEnumerable<Placement> Neighbours(double step)
        {
            (double Scale, double X, double Y)[] moves =
            [
                (0, step, 0), (0, -step, 0), (0, 0, step), (0, 0, -step),
                (-step, step / 2, step / 2), (step, -step / 2, -step / 2),
            ];
            foreach (var move in moves)
            {
                var next = new Placement(Scale + move.Scale, X + move.X, Y + move.Y);
                if (next.Scale is > 0.75 and <= 1.0001 && next.X >= -0.03 && next.Y >= -0.03 && next.X + next.Scale <= 1.03 && next.Y + next.Scale <= 1.03)
                {
                    yield return next;
                }
            }
        }
    }
}
