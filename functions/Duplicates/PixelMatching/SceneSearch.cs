namespace Serverless.Duplicates.PixelMatching;

/// <summary>Finds how a picture may lie on another without any hint, at a few dozen points a side: every scale, every place.</summary>
internal static class SceneSearch
{
    private const int LongSide = 28;
    private const int LeastSide = 4;
    private const double ScaleStep = 1.06;
    private const int ScaleSteps = 24;

    /// <summary>Share of the smaller one that both must show.</summary>
    private const double LeastOverlap = 0.7;

    private const int Kept = 6;

    /// <summary>The mappings of <paramref name="a"/> on <paramref name="b"/> that correlate best, best first.</summary>
    public static IReadOnlyList<Mapping> Find(PictureDetail a, PictureDetail b)
    {
        var found = new List<(Mapping Mapping, double Correlation)>();
        for (var step = -ScaleSteps; step <= ScaleSteps; step++)
        {
            // How much longer the one is than the other, both drawn at one scale of the scene.
            var ratio = Math.Pow(ScaleStep, step);
            var (longA, longB) = (LongSide / Math.Max(1, ratio), LongSide * Math.Min(1, ratio));
            var (scaleA, scaleB) = (longA / Math.Max(a.Width, a.Height), longB / Math.Max(b.Width, b.Height));
            if (Small(a, scaleA) is { } smallA && Small(b, scaleB) is { } smallB)
            {
                var (dx, dy, correlation) = BestShift(smallA, smallB);
                found.Add((new Mapping(scaleA / scaleB, scaleA / scaleB, dx / scaleB, dy / scaleB), correlation));
            }
        }

        return [.. found.OrderByDescending(item => item.Correlation).Take(Kept).Select(item => item.Mapping)];
    }

    private static Plane? Small(PictureDetail picture, double scale)
    {
        var (width, height) = ((int)Math.Round(picture.Width * scale), (int)Math.Round(picture.Height * scale));
        if (Math.Min(width, height) < LeastSide)
        {
            return null;
        }

        var mapping = new Mapping(1 / scale, 1 / scale, 0, 0);
        return PlaneResampling.Resample(picture, mapping, width, height);
    }

    private static (int X, int Y, double Correlation) BestShift(Plane a, Plane b)
    {
        var least = LeastOverlap * Math.Min(a.Width * a.Height, b.Width * b.Height);
        var best = (X: 0, Y: 0, Correlation: double.NegativeInfinity);
        for (var dy = -a.Height + 1; dy < b.Height; dy++)
        {
            for (var dx = -a.Width + 1; dx < b.Width; dx++)
            {
                // A point (x, y) of a lies at (x + dx, y + dy) of b.
                var (left, right) = (Math.Max(0, -dx), Math.Min(a.Width, b.Width - dx));
                var (top, bottom) = (Math.Max(0, -dy), Math.Min(a.Height, b.Height - dy));
                if (
                    (right - left) * (bottom - top) >= least
                    && Correlation(a, b, dx, dy, new Patch(left, top, right - left, bottom - top)) is var correlation
                    && correlation > best.Correlation
                )
                {
                    best = (dx, dy, correlation);
                }
            }
        }

        return best;
    }

    private static double Correlation(Plane a, Plane b, int dx, int dy, Patch patch)
    {
        long sumA = 0,
            sumB = 0,
            aa = 0,
            bb = 0,
            ab = 0;
        for (var y = patch.Top; y < patch.Top + patch.Height; y++)
        {
            var rowA = a.Row(y).Slice(patch.Left, patch.Width);
            var rowB = b.Row(y + dy).Slice(patch.Left + dx, patch.Width);
            for (var x = 0; x < rowA.Length; x++)
            {
                int p = rowA[x],
                    q = rowB[x];
                sumA += p;
                sumB += q;
                aa += p * p;
                bb += q * q;
                ab += p * q;
            }
        }

        double count = patch.Width * patch.Height;
        var covariance = (ab / count) - (sumA / count * (sumB / count));
        var varianceA = (aa / count) - (sumA / count * (sumA / count));
        var varianceB = (bb / count) - (sumB / count * (sumB / count));
        return varianceA < 1 || varianceB < 1 ? 0 : covariance / Math.Sqrt(varianceA * varianceB);
    }
}
