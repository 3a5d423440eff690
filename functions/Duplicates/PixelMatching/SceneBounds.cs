namespace Serverless.Duplicates.PixelMatching;

/// <summary>Says whether what a picture has beyond a shared scene is more of the scene, or a border, bars or a blurred fill.</summary>
internal static class SceneBounds
{
    /// <summary>Share of a side, and points, that a crop cuts off at least; less is what registration errs by.</summary>
    private const double LeastShare = 0.004;
    private const double LeastPoints = 1.6;

    /// <summary>
    /// Levels about the commonest one that compression leaves a border within, the share that is so flat, and the same of colour. What
    /// is less plain may be more of the scene: a soft sky, one thing on a plain ground.
    /// </summary>
    private const int Flat = 3;
    private const double MostlyFlat = 0.98;
    private const int FlatOfColour = 4;
    private const double MostlyOfOneColour = 0.97;

    /// <summary>
    /// Levels and share of a border all of which compression of the scene's edge reaches, and the share of one that is less flat, where
    /// that edge is clear.
    /// </summary>
    private const int NearlyFlat = 5;
    private const double FlatIfThin = 0.85;
    private const double PartlyFlat = 0.6;
    private const double ClearEdge = 2;

    /// <summary>Mean step from point to point of a blurred fill, in levels, and as a share of that of the scene beside it.</summary>
    private const double Blurred = 1.2;
    private const double BlurredShare = 0.35;

    /// <summary>Times that step, and levels, of the step from the scene to its fill: a scene that goes on has none there.</summary>
    private const double EdgeOfFill = 4;
    private const double LeastEdgeOfFill = 0.8;

    /// <summary>Points next to the scene that compression of its edge reaches.</summary>
    private const int Ringing = 8;

    /// <summary>Whether the picture shows more of the scene than the area that it shares.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="shared">The area, in points of the picture.</param>
    /// <param name="pointSize">Points of the picture that a point of the coarser one covers.</param>
    public static bool ShowsMore(PictureDetail picture, Area shared, double pointSize)
    {
        foreach (var side in Sides(picture, shared))
        {
            var whole = side.IsAcross ? picture.Width : picture.Height;
            if (side.Length > Math.Max(LeastPoints * pointSize, LeastShare * whole) && !IsBorder(picture, side))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<Side> Sides(PictureDetail picture, Area shared)
    {
        yield return new Side(new Area(0, 0, shared.Left, picture.Height), shared, true, -1);
        yield return new Side(new Area(shared.Right, 0, picture.Width, picture.Height), shared, true, 1);
        yield return new Side(new Area(shared.Left, 0, shared.Right, shared.Top), shared, false, -1);
        yield return new Side(new Area(shared.Left, shared.Bottom, shared.Right, picture.Height), shared, false, 1);
    }

    private static bool IsBorder(PictureDetail picture, Side side)
    {
        var plane = picture.Luma;
        if (FlatShare(plane, side.Far, Flat) > MostlyFlat && IsOfOneColour(picture, side.Far))
        {
            return true;
        }

        var nearlyFlat = FlatShare(plane, side.Far, NearlyFlat);
        var (beside, rough) = (Roughness(plane, side.Beside), Roughness(plane, side.Far));
        var (edge, step) = (Edge(plane, side), rough.Across + rough.Down);
        return (nearlyFlat > FlatIfThin && side.Length < 2 * Ringing)
            || (nearlyFlat > PartlyFlat && edge > (ClearEdge * (side.IsAcross ? beside.Across : beside.Down)) + 2)
            || (
                step < 2 * Blurred
                && step < BlurredShare * (beside.Across + beside.Down)
                && edge > Math.Max(LeastEdgeOfFill, EdgeOfFill * step)
            );
    }

    private static bool IsOfOneColour(PictureDetail picture, Area area)
    {
        const double cell = PictureDetail.ColourCell;
        var cells = new Area(
            (area.Left + picture.OriginX) / cell,
            (area.Top + picture.OriginY) / cell,
            (area.Right + picture.OriginX) / cell,
            (area.Bottom + picture.OriginY) / cell
        );
        return FlatShare(picture.Blue, cells, FlatOfColour) > MostlyOfOneColour
            && FlatShare(picture.Red, cells, FlatOfColour) > MostlyOfOneColour;
    }

    private static double FlatShare(Plane plane, Area area, int flat)
    {
        var counts = new int[256];
        var all = 0;
        ForEach(
            plane,
            area,
            (x, y) =>
            {
                counts[plane.Nearest(x, y)]++;
                all++;
            }
        );
        var most = 0;
        for (var level = flat; level < counts.Length - flat; level++)
        {
            most = Math.Max(most, System.Numerics.Tensors.TensorPrimitives.Sum<int>(counts.AsSpan(level - flat, (2 * flat) + 1)));
        }

        return all == 0 ? 1 : most / (double)all;
    }

    /// <summary>Mean step from a point to the next, across and down.</summary>
    private static (double Across, double Down) Roughness(Plane plane, Area area)
    {
        long across = 0,
            down = 0,
            count = 0;
        ForEach(
            plane,
            area,
            (x, y) =>
            {
                across += Math.Abs(plane.Nearest(x + 1, y) - plane.Nearest(x, y));
                down += Math.Abs(plane.Nearest(x, y + 1) - plane.Nearest(x, y));
                count++;
            }
        );
        return count == 0 ? (0, 0) : ((double)across / count, (double)down / count);
    }

    /// <summary>Mean step over the edge between the scene and what is beyond, a point of which may be mixed.</summary>
    private static double Edge(Plane plane, Side side)
    {
        var (inside, outside) = (
            (int)Math.Round(side.Place) + (side.Outward > 0 ? -2 : 1),
            (int)Math.Round(side.Place) + (side.Outward > 0 ? 1 : -2)
        );
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
    /// <param name="Scene">The scene.</param>
    /// <param name="IsAcross">Whether it lies to the left or right.</param>
    /// <param name="Outward">1 where the strip lies to the right or below.</param>
    private readonly record struct Side(Area Strip, Area Scene, bool IsAcross, int Outward)
    {
        /// <summary>How far the strip reaches outward.</summary>
        public double Length => IsAcross ? Strip.Width : Strip.Height;

        /// <summary>Where the scene ends.</summary>
        public double Place =>
            (IsAcross, Outward) switch
            {
                (true, < 0) => Scene.Left,
                (true, _) => Scene.Right,
                (false, < 0) => Scene.Top,
                _ => Scene.Bottom,
            };

        /// <summary>As much of the scene next to the strip.</summary>
        public Area Beside
        {
            get
            {
                var size = Math.Min(Length, (IsAcross ? Scene.Width : Scene.Height) / 4);
                return (IsAcross, Outward) switch
                {
                    (true, < 0) => Scene with { Right = Scene.Left + size },
                    (true, _) => Scene with { Left = Scene.Right - size },
                    (false, < 0) => Scene with { Bottom = Scene.Top + size },
                    _ => Scene with { Top = Scene.Bottom - size },
                };
            }
        }

        /// <summary>The strip without what is nearest to the scene, where it is wide enough.</summary>
        public Area Far
        {
            get
            {
                var gap = Math.Min(Ringing, Length / 3);
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
