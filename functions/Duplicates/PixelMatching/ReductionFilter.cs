namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// The line of tones and the small symmetric filter that take a page, drawn on the points of a smaller copy of it, to that copy.
/// </summary>
/// <param name="weights">Of one, of the point, and of the means of the four nearest, four diagonal and four points two away.</param>
internal sealed class ReductionFilter(double[] weights)
{
    /// <summary>How far the filter reaches.</summary>
    public const int Reach = 2;

    private const int Unknowns = 5;
    private const int Width = Unknowns + 1;
    private const int Rounds = 3;

    /// <summary>Levels from which on what the copy shows may have been cut off at black or white.</summary>
    private const int Black = 3;
    private const int White = 252;

    /// <summary>Levels by which a point may be off before it counts as changed, in standard deviations.</summary>
    private const double MostOff = 4;

    /// <summary>Fits the filter to pairs of planes of one size; their outermost points are not looked at.</summary>
    public static ReductionFilter? Fit(IReadOnlyList<(Plane From, Plane To)> pairs)
    {
        ReductionFilter? filter = null;
        var most = double.PositiveInfinity;
        for (var round = 0; round < Rounds; round++)
        {
            var (system, squares, count) = (new double[Unknowns * Width], 0.0, 0);
            foreach (var (from, to) in pairs)
            {
                Add(system, from, to, (level, point) => IsTold(filter, level, point, most));
            }

            if (!LinearSystem.TrySolve(system, Unknowns))
            {
                return filter;
            }

            filter = new ReductionFilter([.. Enumerable.Range(0, Unknowns).Select(at => system[(at * Width) + Unknowns])]);
            foreach (var (from, to) in pairs)
            {
                var (square, points) = filter.Off(from, to);
                (squares, count) = (squares + square, count + points);
            }

            most = MostOff * Math.Sqrt(squares / Math.Max(1, count));
        }

        return filter;
    }

    /// <summary>The level that the copy should have at a point that is not at the edge.</summary>
    public float At(Plane plane, int x, int y)
    {
        Span<double> around = stackalloc double[Unknowns];
        Around(plane, x, y, around);
        return (float)Math.Clamp(At(around), 0, 255);
    }

    /// <summary>The sum of squared differences that the filter leaves, and of how many points.</summary>
    public (double Square, int Points) Off(Plane from, Plane to)
    {
        var (sum, points) = (0.0, 0);
        for (var y = Reach; y < from.Height - Reach; y++)
        {
            for (var x = Reach; x < from.Width - Reach; x++)
            {
                var off = At(from, x, y) - to.Row(y)[x];
                (sum, points) = (sum + (off * off), points + 1);
            }
        }

        return (sum, points);
    }

    private double At(ReadOnlySpan<double> around)
    {
        var sum = 0.0;
        for (var at = 0; at < Unknowns; at++)
        {
            sum += weights[at] * around[at];
        }

        return sum;
    }

    private static void Add(double[] system, Plane from, Plane to, Func<double[], byte, bool> isTold)
    {
        var point = new double[Width];
        for (var y = Reach; y < from.Height - Reach; y++)
        {
            for (var x = Reach; x < from.Width - Reach; x++)
            {
                Around(from, x, y, point.AsSpan(0, Unknowns));
                var level = to.Row(y)[x];
                if (isTold(point, level))
                {
                    point[Unknowns] = level;
                    LinearSystem.Add(system, point);
                }
            }
        }

        for (var row = 0; row < Unknowns; row++)
        {
            system[(row * Width) + row] += 1e-3;
        }
    }

    /// <summary>Whether a point tells anything: it was not cut off, and is not far off.</summary>
    private static bool IsTold(ReductionFilter? filter, double[] point, byte level, double most)
    {
        if (filter is null)
        {
            return true;
        }

        var expected = filter.At(point.AsSpan(0, Unknowns));
        return Math.Abs(expected - level) <= most && !(level > White && expected > White) && !(level < Black && expected < Black);
    }

    private static void Around(Plane plane, int x, int y, Span<double> means)
    {
        var (at, width, values) = ((y * plane.Width) + x, plane.Width, plane.Values);
        means[0] = 1;
        means[1] = values[at];
        means[2] = (values[at - 1] + values[at + 1] + values[at - width] + values[at + width]) / 4.0;
        means[3] = (values[at - 1 - width] + values[at + 1 - width] + values[at - 1 + width] + values[at + 1 + width]) / 4.0;
        means[4] = (values[at - 2] + values[at + 2] + values[at - (2 * width)] + values[at + (2 * width)]) / 4.0;
    }
}
