namespace Serverless.Duplicates.PixelMatching;

/// <summary>Lays a picture on another to a fraction of a point, from the coarsest level of their pyramids to the finest.</summary>
internal static class SceneRegistration
{
    private const int CoarseSide = 128;
    private const int CoarsePatch = 16;
    private const int FinePatch = 24;
    private const int CoarseRounds = 8;
    private const int FineRounds = 4;

    /// <summary>Points of change along a whole side below which a round was the last.</summary>
    private const double Settled = 0.03;

    private const double MostScaleChange = 1.3;

    /// <summary>Correlation that a mapping must gain over the plainer one that it was refined from.</summary>
    private const double Gain = 0.001;

    /// <summary>The level at which a picture has no more than about a hundred points along its longer side.</summary>
    public static int CoarseLevel(PictureDetail picture)
    {
        var level = 0;
        while (level < picture.Levels - 1 && Math.Max(picture.Level(level).Width, picture.Level(level).Height) > CoarseSide)
        {
            level++;
        }

        return level;
    }

    /// <summary>From a mapping that is right to a point of a hundred or so to one that is right to a fraction of a point.</summary>
    public static Mapping RefineFully(PictureDetail grid, PictureDetail other, Mapping start)
    {
        var mapping = start;
        for (var level = CoarseLevel(grid); level >= 0; level--)
        {
            mapping = Refine(grid, other, mapping, level, FineRounds).Mapping;
        }

        return Snap(grid, other, mapping);
    }

    /// <summary>
    /// A mapping that is off whole points, or off the whole on the whole, by less than it errs is one of these: where they correlate
    /// as well.
    /// </summary>
    private static Mapping Snap(PictureDetail grid, PictureDetail other, Mapping mapping)
    {
        const double near = 0.15;
        var scale = Math.Pow(2, Math.Round(Math.Log2(mapping.Scale)));
        var whole = Mapping.Of(Area.Of(grid), Area.Of(other));
        var points = new Mapping(scale, scale, Math.Round(mapping.ShiftX), Math.Round(mapping.ShiftY));
        if (IsNear(points, near * scale))
        {
            return points;
        }

        return IsNear(whole, 2 * mapping.Scale) && Score(Measure(grid, other, whole, 0)) >= Score(Measure(grid, other, mapping, 0)) - Gain ? whole : mapping;

        bool IsNear(Mapping plain, double most) => Math.Abs(plain.X(0) - mapping.X(0)) < most && Math.Abs(plain.Y(0) - mapping.Y(0)) < most
            && Math.Abs(plain.X(grid.Width) - mapping.X(grid.Width)) < most && Math.Abs(plain.Y(grid.Height) - mapping.Y(grid.Height)) < most;
    }

    /// <summary>Refines at one level of the grid: the best mapping seen, and how well patches correlate by it.</summary>
    public static (Mapping Mapping, double Score) Refine(PictureDetail grid, PictureDetail other, Mapping start, int level, int rounds = CoarseRounds)
    {
        var (mapping, plane) = (start, grid.Level(level));
        var side = Math.Max(plane.Width, plane.Height);
        var best = (Mapping: start, Score: double.NegativeInfinity);
        for (var round = 0; ; round++)
        {
            var patches = Measure(grid, other, mapping, level);
            var score = Score(patches);
            best = score > best.Score + (round == 0 ? 0 : Gain / 4) ? (mapping, score) : best;
            var toLevel = LevelFor(other, mapping, level);
            var between = mapping.Between(level, toLevel);
            if (round >= rounds || MotionFit.Fit(between, patches, side) is not { } fitted || !IsNear(fitted, between))
            {
                return best;
            }

            mapping = fitted.Between(-level, -toLevel);
            var change = Math.Abs(fitted.X(0) - between.X(0)) + Math.Abs(fitted.Y(0) - between.Y(0))
                + Math.Abs(fitted.X(plane.Width) - between.X(plane.Width)) + Math.Abs(fitted.Y(plane.Height) - between.Y(plane.Height));
            if (change < Settled * between.Scale)
            {
                return best;
            }
        }
    }

    /// <summary>How well patches correlate; those with more to see count more.</summary>
    public static double Score(IReadOnlyList<PatchMotion> patches)
    {
        var (sum, weights) = (0.0, 0.0);
        foreach (var patch in patches)
        {
            var weight = Math.Sqrt(Math.Min(patch.Variance, 1600));
            sum += weight * Math.Max(0, patch.Correlation);
            weights += weight;
        }

        return weights > 0 ? sum / weights : double.NegativeInfinity;
    }

    /// <summary>How well textured patches lie on each other at one level of the grid, and how far each would move.</summary>
    public static List<PatchMotion> Measure(PictureDetail grid, PictureDetail other, Mapping mapping, int level, int steps = 1)
    {
        var toLevel = LevelFor(other, mapping, level);
        var between = mapping.Between(level, toLevel);
        var (plane, target) = (grid.Level(level), other.Level(toLevel));
        var shared = between.Inverse.Apply(new Area(0, 0, target.Width, target.Height)).Intersect(new Area(0, 0, plane.Width, plane.Height));
        var motions = new List<PatchMotion>();
        foreach (var patch in PatchGrid.Choose(plane, shared, Math.Max(plane.Width, plane.Height) <= CoarseSide ? CoarsePatch : FinePatch))
        {
            motions.Add(PatchMotion.Measure(plane, target, between, patch, steps));
        }

        return motions;
    }

    /// <summary>The level of the other picture whose points are about as large as those of the grid at its level.</summary>
    public static int LevelFor(PictureDetail other, Mapping mapping, int level) =>
        Math.Clamp(level + (int)Math.Floor(Math.Log2(Math.Max(1e-3, mapping.Scale)) + 0.35), 0, other.Levels - 1);

    private static bool IsNear(Mapping fitted, Mapping before) =>
        fitted.ScaleX / before.ScaleX is < MostScaleChange and > 1 / MostScaleChange
        && fitted.ScaleY / before.ScaleY is < MostScaleChange and > 1 / MostScaleChange;
}
