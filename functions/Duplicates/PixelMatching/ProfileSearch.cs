using System.Numerics.Tensors;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Finds where a cut or bordered picture of the same scale, or of half or double the scale, lies, by its profiles: the steps of
/// brightness from row to row and from column to column. Lines of writing, which look alike wherever they are, have their own
/// lengths and gaps, so that a whole page lies in one place only.
/// </summary>
internal static class ProfileSearch
{
    /// <summary>Points along a side from which on a coarser level is enough.</summary>
    private const int LongSide = 1600;

    /// <summary>Share of the shorter profile that both must have.</summary>
    private const double LeastOverlap = 0.7;

    private const int LeastLength = 16;

    /// <summary>
    /// The most likely place of the grid picture on the other one, a point of the grid being 2^<paramref name="level"/> points of that.
    /// </summary>
    public static Mapping? Find(PictureDetail grid, PictureDetail other, int level)
    {
        var coarser = 0;
        while (Math.Max(grid.Width, grid.Height) >> coarser > LongSide)
        {
            coarser++;
        }

        if (coarser >= grid.Levels || level + coarser >= other.Levels)
        {
            return null;
        }

        var (a, b) = (grid.Level(coarser), other.Level(level + coarser));
        var (scale, points) = (Math.Pow(2, level), Math.Pow(2, level + coarser));
        return Shift(Columns(a), Columns(b)) is { } x && Shift(Rows(a), Rows(b)) is { } y
            ? new Mapping(scale, scale, points * x, points * y)
            : null;
    }

    /// <summary>Whether a picture is a pattern that repeats itself across and down: every part of it lies on it in many places.</summary>
    public static bool Repeats(PictureDetail picture)
    {
        var level = 0;
        while (level < picture.Levels - 1 && Math.Max(picture.Width, picture.Height) >> level > LongSide)
        {
            level++;
        }

        var (columns, rows) = (Columns(picture.Level(level)), Rows(picture.Level(level)));
        return Repeats(columns) ? Repeats(rows) || IsFlat(rows) : IsFlat(columns) && Repeats(rows);
    }

    /// <summary>Whether stripes run along: nothing changes in this direction.</summary>
    private static bool IsFlat(ReadOnlySpan<float> steps) => TensorPrimitives.SumOfSquares(steps) < 0.05f * steps.Length;

    private static bool Repeats(ReadOnlySpan<float> steps)
    {
        const double same = 0.9;
        const double other = 0.5;
        // Neighbours are alike in any soft picture: the pattern comes back after it was another.
        var wasOther = false;
        for (var lag = 1; lag < steps.Length / 3; lag++)
        {
            ReadOnlySpan<float> one = steps[lag..],
                two = steps[..^lag];
            var correlation =
                TensorPrimitives.Dot(one, two)
                / (Math.Sqrt((double)TensorPrimitives.SumOfSquares(one) * TensorPrimitives.SumOfSquares(two)) + 1e-6);
            wasOther |= correlation < other;
            if (wasOther && correlation > same)
            {
                return true;
            }
        }

        return false;
    }

    private static float[] Rows(Plane plane)
    {
        var means = new float[plane.Height];
        for (var y = 0; y < means.Length; y++)
        {
            var sum = 0;
            foreach (var value in plane.Row(y))
            {
                sum += value;
            }

            means[y] = (float)sum / plane.Width;
        }

        return Steps(means);
    }

    private static float[] Columns(Plane plane)
    {
        var sums = new int[plane.Width];
        for (var y = 0; y < plane.Height; y++)
        {
            var row = plane.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                sums[x] += row[x];
            }
        }

        return Steps([.. sums.Select(sum => (float)sum / plane.Height)]);
    }

    private static float[] Steps(float[] means)
    {
        var steps = new float[Math.Max(0, means.Length - 1)];
        for (var at = 0; at < steps.Length; at++)
        {
            steps[at] = means[at + 1] - means[at];
        }

        return steps;
    }

    /// <summary>How far the one must be shifted to lie on the other; null where they are too short.</summary>
    private static int? Shift(float[] a, float[] b)
    {
        var least = (int)(LeastOverlap * Math.Min(a.Length, b.Length));
        if (least < LeastLength)
        {
            return null;
        }

        var best = (Shift: 0, Correlation: double.NegativeInfinity);
        for (var shift = least - a.Length; shift <= b.Length - least; shift++)
        {
            // The place n of a lies at n + shift of b.
            var (from, to) = (Math.Max(0, -shift), Math.Min(a.Length, b.Length - shift));
            if (to - from < least)
            {
                continue;
            }

            ReadOnlySpan<float> one = a.AsSpan(from..to),
                other = b.AsSpan((from + shift)..(to + shift));
            var correlation =
                TensorPrimitives.Dot(one, other)
                / (Math.Sqrt((double)TensorPrimitives.SumOfSquares(one) * TensorPrimitives.SumOfSquares(other)) + 1e-6);
            best = correlation > best.Correlation ? (shift, correlation) : best;
        }

        return best.Shift;
    }
}
