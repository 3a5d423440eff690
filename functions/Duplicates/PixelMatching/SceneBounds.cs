namespace Serverless.Duplicates.PixelMatching;

/// <summary>Says whether what a picture has beyond a shared scene is more of the scene, or a border, bars or a blurred fill.</summary>
internal static class SceneBounds
{
    /// <summary>Share of a side, and points, that a crop cuts off at least; less is what registration errs by.</summary>
    private const double LeastShare = 0.004;
    private const double LeastPoints = 1.6;

    /// <summary>Standard deviation, in levels, of a flat border after compression.</summary>
    private const double Flat = 2.5;

    /// <summary>The same where the scene ends at a clear edge.</summary>
    private const double NearlyFlat = 7;

    /// <summary>How much steeper than the scene itself the edge of a border is.</summary>
    private const double ClearEdge = 2;

    /// <summary>How much smoother than the scene a blurred fill is.</summary>
    private const double Blurred = 0.4;

    /// <summary>Points next to the scene that compression of its edge reaches.</summary>
    private const int Ringing = 8;

    /// <summary>Whether the picture shows more of the scene than the area that it shares.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="shared">The area, in points of the picture.</param>
    /// <param name="pointSize">Points of the picture that a point of the coarser one covers.</param>
    public static bool ShowsMore(PictureDetail picture, Area shared, double pointSize)
    {
        var plane = picture.Luma;
        var scene = Roughness(plane, shared);
        foreach (var side in Sides(picture, shared))
        {
            var (length, whole) = side.IsAcross ? (side.Strip.Width, picture.Width) : (side.Strip.Height, picture.Height);
            if (length > Math.Max(LeastPoints * pointSize, LeastShare * whole) && !IsBorder(plane, side, scene))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<Side> Sides(PictureDetail picture, Area shared)
    {
        yield return new Side(new Area(0, 0, shared.Left, picture.Height), true, shared.Left, -1);
        yield return new Side(new Area(shared.Right, 0, picture.Width, picture.Height), true, shared.Right, 1);
        yield return new Side(new Area(shared.Left, 0, shared.Right, shared.Top), false, shared.Top, -1);
        yield return new Side(new Area(shared.Left, shared.Bottom, shared.Right, picture.Height), false, shared.Bottom, 1);
    }

    private static bool IsBorder(Plane plane, Side side, (double Across, double Down) scene)
    {
        var deviation = Deviation(plane, side.Far);
        if (deviation < Flat)
        {
            return true;
        }

        var usual = side.IsAcross ? scene.Across : scene.Down;
        if (Edge(plane, side) < (ClearEdge * usual) + 2)
        {
            return false;
        }

        var rough = Roughness(plane, side.Far);
        return deviation < NearlyFlat || rough.Across + rough.Down < Blurred * (scene.Across + scene.Down);
    }

    private static double Deviation(Plane plane, Area area)
    {
        double sum = 0, squares = 0;
        long count = 0;
        ForEach(plane, area, (x, y) =>
        {
            double value = plane.Nearest(x, y);
            sum += value;
            squares += value * value;
            count++;
        });
        return count == 0 ? 0 : Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * (sum / count))));
    }

    /// <summary>Mean step from a point to the next, across and down.</summary>
    private static (double Across, double Down) Roughness(Plane plane, Area area)
    {
        long across = 0, down = 0, count = 0;
        ForEach(plane, area, (x, y) =>
        {
            across += Math.Abs(plane.Nearest(x + 1, y) - plane.Nearest(x, y));
            down += Math.Abs(plane.Nearest(x, y + 1) - plane.Nearest(x, y));
            count++;
        });
        return count == 0 ? (0, 0) : ((double)across / count, (double)down / count);
    }

    /// <summary>Mean step over the edge between the scene and what is beyond, a point of which may be mixed.</summary>
    private static double Edge(Plane plane, Side side)
    {
        var (inside, outside) = ((int)Math.Round(side.Place) + (side.Outward > 0 ? -2 : 1), (int)Math.Round(side.Place) + (side.Outward > 0 ? 1 : -2));
        var (from, to) = side.IsAcross ? ((int)side.Strip.Top, (int)side.Strip.Bottom) : ((int)side.Strip.Left, (int)side.Strip.Right);
        long sum = 0;
        for (var at = from; at < to; at++)
        {
            sum += side.IsAcross
                ? Math.Abs(plane.Nearest(inside, at) - plane.Nearest(outside, at))
                : Math.Abs(plane.Nearest(at, inside) - plane.Nearest(at, outside));
        }

        return (double)sum / Math.Max(1, to - from) / 2;
    }

    /// <summary>Visits some tens of thousands of points of an area.</summary>
    private static void ForEach(Plane plane, Area area, Action<int, int> visit)
    {
        var (left, top) = ((int)Math.Max(0, area.Left), (int)Math.Max(0, area.Top));
        var (right, bottom) = ((int)Math.Min(plane.Width, area.Right), (int)Math.Min(plane.Height, area.Bottom));
        var step = Math.Max(1, (int)Math.Sqrt(Math.Max(0, right - left) * (double)Math.Max(0, bottom - top) / 40_000));
        for (var y = top; y < bottom; y += step)
        {
            for (var x = left; x < right; x += step)
            {
                visit(x, y);
            }
        }
    }

    /// <summary>One of the four strips beside a scene.</summary>
    /// <param name="Strip">The strip.</param>
    /// <param name="IsAcross">Whether it lies to the left or right.</param>
    /// <param name="Place">Where the scene ends.</param>
    /// <param name="Outward">1 where the strip lies to the right or below.</param>
    private readonly record struct Side(Area Strip, bool IsAcross, double Place, int Outward)
    {
        /// <summary>The strip without what is nearest to the scene, where it is wide enough.</summary>
        public Area Far
        {
            get
            {
                var gap = Math.Min(Ringing, (IsAcross ? Strip.Width : Strip.Height) / 3);
                return (IsAcross, Outward) switch
                {
                    (true, < 0) => Strip with { Right = Strip.Right - gap },
                    (true, _) => Strip with { Left = Strip.Left + gap },
                    (false, < 0) => Strip with { Bottom = Strip.Bottom - gap },
                    _ => Strip with { Top = Strip.Top + gap },
                };
            }
        }
    }
}
