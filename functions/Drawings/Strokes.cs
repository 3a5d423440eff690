namespace Serverless.Drawings;

/// <summary>Mends thinned strokes: hairs that thinning leaves at corners go, and ends that nearly meet are joined.</summary>
internal static class Strokes
{
    /// <summary>Removes branches shorter than a length that end in the open and begin at another stroke.</summary>
    public static void Prune(Mask mask, int length)
    {
        var (points, around) = (mask.Points, mask.Neighbours);
        foreach (var end in mask.Ink().Where(at => Count(points, at, around) == 1).ToList())
        {
            var path = Path(points, end, around, length + 1);
            var last = path[^1];
            if (path.Count <= length && Count(points, last, around) > 2)
            {
                foreach (var at in path.SkipLast(1))
                {
                    points[at] = 0;
                }
            }
        }
    }

    /// <summary>
    /// Joins each end with the nearest other one within a distance if both strokes head for each other, or the gap is tiny.
    /// </summary>
    public static void CloseGaps(Mask mask, double distance)
    {
        var (points, around, width) = (mask.Points, mask.Neighbours, mask.Width);
        var ends = mask.Ink()
            .Where(at => Count(points, at, around) == 1)
            .Select(at => End.Of(mask, at, Path(points, at, around, 9)))
            .ToList();
        var cell = Math.Max(1, (int)Math.Ceiling(distance));
        var byCell = ends.ToLookup(end => (end.X / cell, end.Y / cell));
        foreach (var end in ends)
        {
            End? best = null;
            var least = distance;
            for (var near = 0; near < 9; near++)
            {
                foreach (var other in byCell[((end.X / cell) + (near % 3) - 1, (end.Y / cell) + (near / 3) - 1)])
                {
                    if (end.GapTo(other) is var gap && gap > 1.5 && gap <= least && (gap <= distance / 4 || end.HeadsFor(other)))
                    {
                        (best, least) = (other, gap);
                    }
                }
            }

            if (best is { } found)
            {
                Join(points, width, end, found);
            }
        }
    }

    private static int Count(byte[] points, int at, int[] around)
    {
        var count = 0;
        foreach (var step in around)
        {
            count += points[at + step];
        }

        return count;
    }

    /// <summary>The points from an end up to the first branching, at most so many.</summary>
    private static List<int> Path(byte[] points, int end, int[] around, int most)
    {
        var path = new List<int> { end };
        for (var (before, at) = (-1, end); path.Count < most; )
        {
            var next = -1;
            foreach (var step in around)
            {
                if (points[at + step] != 0 && at + step != before && !path.Contains(at + step))
                {
                    next = at + step;
                    break;
                }
            }

            if (next < 0)
            {
                break;
            }

            path.Add(next);
            (before, at) = (at, next);
            if (Count(points, at, around) > 2)
            {
                break;
            }
        }

        return path;
    }

    private static void Join(byte[] points, int width, End from, End to)
    {
        var steps = Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y));
        for (var step = 1; step < steps; step++)
        {
            var (x, y) = (from.X + ((to.X - from.X) * step / steps), from.Y + ((to.Y - from.Y) * step / steps));
            points[(y * width) + x] = 1;
        }
    }

    /// <summary>An end, and the way its stroke goes there.</summary>
    private readonly record struct End(int X, int Y, double AcrossX, double AcrossY)
    {
        private const double LeastCosine = 0.75;

        public static End Of(Mask mask, int at, List<int> path)
        {
            var (x, y) = (at % mask.Width, at / mask.Width);
            double dx = x - (path[^1] % mask.Width),
                dy = y - (path[^1] / mask.Width);
            var length = Math.Max(1e-9, Math.Sqrt((dx * dx) + (dy * dy)));
            return new End(x, y, dx / length, dy / length);
        }

        public double GapTo(End other) => Math.Sqrt(((other.X - X) * (other.X - X)) + ((other.Y - Y) * (double)(other.Y - Y)));

        public bool HeadsFor(End other)
        {
            var gap = GapTo(other);
            double dx = (other.X - X) / gap,
                dy = (other.Y - Y) / gap;
            return (dx * AcrossX) + (dy * AcrossY) >= LeastCosine && -((dx * other.AcrossX) + (dy * other.AcrossY)) >= LeastCosine;
        }
    }
}
