namespace Serverless.Duplicates;

/// <summary>
/// Finds how one small luma picture lies on another: the whole on the whole, or the whole on a part (one is a crop of the
/// other, or has a border). A coarse search at 16 × 16, then a fine one at 64 × 64 around the best placements.
/// </summary>
internal static class LumaAligner
{
    public const int Side = 64;

    private const int CoarseSide = 16;
    private const int BlockSide = 8;

    /// <summary>Luma steps (root mean square in a block) up to which a difference is that of compression and resizing.</summary>
    private const double BlockNoise = 9;

    private static readonly double[] Scales = [1, 0.97, 0.94, 0.91, 0.88, 0.84, 0.8];

    /// <summary>Aligns two 64 × 64 luma pictures, row by row; symmetric in its arguments.</summary>
    public static Alignment Align(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(a.Length, Side * Side);
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, Side * Side);
        var forward = Search(a, b);
        var backward = Search(b, a);
        return forward.Correlation >= backward.Correlation ? forward : backward;
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

        Sample(whole, best, sample, Side);
        return new Alignment(
            Math.Round(bestCorrelation, 4), Math.Round(Agreement(sample, target), 4), Math.Round(best.Scale, 4), Math.Round(best.X, 4), Math.Round(best.Y, 4));
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
        var fit = Fit.Of(a, b);
        return fit.VarianceA <= 1e-9 || fit.VarianceB <= 1e-9 ? 0 : fit.Covariance / Math.Sqrt(fit.VarianceA * fit.VarianceB);
    }

    /// <summary>The share of blocks that agree after the brightness and contrast of one picture are fitted to the other's.</summary>
    private static double Agreement(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var fit = Fit.Of(a, b);
        var gain = fit.VarianceA <= 1e-9 ? 0 : fit.Covariance / fit.VarianceA;
        const int blocks = Side / BlockSide;
        var agreeing = 0;
        for (var block = 0; block < blocks * blocks; block++)
        {
            double squares = 0;
            for (var pixel = 0; pixel < BlockSide * BlockSide; pixel++)
            {
                var at = ((((block / blocks) * BlockSide) + (pixel / BlockSide)) * Side) + ((block % blocks) * BlockSide) + (pixel % BlockSide);
                var difference = b[at] - fit.MeanB - (gain * (a[at] - fit.MeanA));
                squares += difference * difference;
            }

            agreeing += Math.Sqrt(squares / (BlockSide * BlockSide)) <= BlockNoise ? 1 : 0;
        }

        return agreeing / (double)(blocks * blocks);
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

    private readonly record struct Fit(double MeanA, double MeanB, double VarianceA, double VarianceB, double Covariance)
    {
        public static Fit Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
        {
            double sumA = 0, sumB = 0, squaresA = 0, squaresB = 0, products = 0;
            for (var index = 0; index < a.Length; index++)
            {
                double x = a[index], y = b[index];
                sumA += x;
                sumB += y;
                squaresA += x * x;
                squaresB += y * y;
                products += x * y;
            }

            var (meanA, meanB) = (sumA / a.Length, sumB / a.Length);
            return new Fit(
                meanA, meanB, (squaresA / a.Length) - (meanA * meanA), (squaresB / a.Length) - (meanB * meanB), (products / a.Length) - (meanA * meanB));
        }
    }
}
