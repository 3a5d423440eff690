using Serverless.Embeddings;

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

    /// <summary>
    /// Share of a side that the two ends of a picture lie off those of the other at most, where the whole lies on the whole.
    /// </summary>
    private const double WholeWithin = 0.012;

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

        return Snap(grid, other, Settle(grid, other, mapping));
    }

    /// <summary>
    /// A mapping that leaves much apart is held against the places that profiles speak for: lines of writing lead astray, from one
    /// to the next.
    /// </summary>
    private static Mapping Settle(PictureDetail grid, PictureDetail other, Mapping mapping)
    {
        const double evident = 0.93;
        const double better = 0.02;
        const double betterThanPlain = 0.1;
        const double astray = 0.6;
        const int mostLevel = 2;
        var best = (Mapping: mapping, Score: Score(Measure(grid, other, mapping, 0, Choose(grid, other, mapping, 0))));
        var isPlain = IsPlain(grid, other, mapping);

        // A picture as large as the other lies on it as a whole, or has lost its way altogether.
        var isWhole =
            Math.Abs(mapping.X(0)) + Math.Abs(mapping.X(grid.Width) - other.Width) < WholeWithin * other.Width
            && Math.Abs(mapping.Y(0)) + Math.Abs(mapping.Y(grid.Height) - other.Height) < WholeWithin * other.Height;
        var (least, most) =
            best.Score < astray ? (0, mostLevel) : ((int)Math.Round(Math.Log2(mapping.Scale)), (int)Math.Round(Math.Log2(mapping.Scale)));
        for (var level = least; level <= most && !isWhole && (best.Score < evident || !isPlain); level++)
        {
            if (ProfileSearch.Find(grid, other, level) is { } found && Refine(grid, other, found, 0, FineRounds) is var refined)
            {
                var isFoundPlain = IsPlain(grid, other, refined.Mapping);
                var gain =
                    isPlain ? betterThanPlain
                    : isFoundPlain ? -Gain
                    : better;
                (best, isPlain) = refined.Score > best.Score + gain ? (refined, isFoundPlain) : (best, isPlain);
            }
        }

        return best.Mapping;
    }

    /// <summary>
    /// A mapping near to one by whole points, or to the whole on the whole, is that one, where patches correlate as well: copies
    /// are mostly made so, and smooth pictures and stripes do not hold a mapping in place.
    /// </summary>
    private static Mapping Snap(PictureDetail grid, PictureDetail other, Mapping mapping)
    {
        const double evident = 0.15;
        const double near = 2;
        var scale = Math.Pow(2, Math.Round(Math.Log2(mapping.Scale)));
        var (middleX, middleY) = (grid.Width / 2.0, grid.Height / 2.0);
        var points = new Mapping(
            scale,
            scale,
            Math.Round(mapping.X(middleX) - (scale * middleX)),
            Math.Round(mapping.Y(middleY) - (scale * middleY))
        );
        if (IsNear(points, evident))
        {
            return points;
        }

        var patches = Choose(grid, other, mapping, 0);
        var score = Score(Measure(grid, other, mapping, 0, patches)) - Gain;
        foreach (var plain in new[] { Mapping.Of(Area.Of(grid), Area.Of(other)), points })
        {
            if (IsNear(plain, near) && Score(Measure(grid, other, plain, 0, patches)) >= score)
            {
                return plain;
            }
        }

        return mapping;

        bool IsNear(Mapping plain, double most) =>
            Math.Abs(plain.X(0) - mapping.X(0)) < most * scale
            && Math.Abs(plain.Y(0) - mapping.Y(0)) < most * scale
            && Math.Abs(plain.X(grid.Width) - mapping.X(grid.Width)) < most * scale
            && Math.Abs(plain.Y(grid.Height) - mapping.Y(grid.Height)) < most * scale;
    }

    /// <summary>Whether it is by whole points, or the whole on the whole, as nearly all copies are made.</summary>
    public static bool IsPlain(PictureDetail grid, PictureDetail other, Mapping mapping)
    {
        const double near = 0.5;
        var (scale, whole) = (Math.Pow(2, Math.Round(Math.Log2(mapping.Scale))), Mapping.Of(Area.Of(grid), Area.Of(other)));
        return IsNear(mapping.ScaleX - scale, mapping.ScaleY - scale)
            || (
                IsNear(mapping.ScaleX - whole.ScaleX, mapping.ScaleY - whole.ScaleY)
                && Math.Abs(mapping.ShiftX) < mapping.Scale
                && Math.Abs(mapping.ShiftY) < mapping.Scale
            );

        bool IsNear(double x, double y) =>
            Math.Abs(x * grid.Width) < near * mapping.Scale && Math.Abs(y * grid.Height) < near * mapping.Scale;
    }

    /// <summary>Refines at one level of the grid: the best mapping seen, and how well patches correlate by it.</summary>
    public static (Mapping Mapping, double Score) Refine(
        PictureDetail grid,
        PictureDetail other,
        Mapping start,
        int level,
        int rounds = CoarseRounds
    )
    {
        var (mapping, plane) = (start, grid.Level(level));
        var side = Math.Max(plane.Width, plane.Height);
        var best = (Mapping: start, Score: double.NegativeInfinity);
        var chosen = Choose(grid, other, mapping, level);
        for (var round = 0; ; round++)
        {
            var patches = Measure(grid, other, mapping, level, chosen);
            var score = Score(patches);
            best = score > best.Score + (round == 0 ? 0 : Gain / 4) ? (mapping, score) : best;
            var toLevel = LevelFor(other, mapping, level);
            var between = mapping.Between(level, toLevel);
            if (round >= rounds || MotionFit.Fit(between, patches, side) is not { } fitted || !IsNear(fitted, between))
            {
                return best;
            }

            mapping = fitted.Between(-level, -toLevel);
            var change =
                Math.Abs(fitted.X(0) - between.X(0))
                + Math.Abs(fitted.Y(0) - between.Y(0))
                + Math.Abs(fitted.X(plane.Width) - between.X(plane.Width))
                + Math.Abs(fitted.Y(plane.Height) - between.Y(plane.Height));
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

    /// <summary>Well textured patches, at one level of the grid, of what both show.</summary>
    public static List<Patch> Choose(PictureDetail grid, PictureDetail other, Mapping mapping, int level)
    {
        var plane = grid.Level(level);
        var shared = mapping.Inverse.Apply(Area.Of(other)).Intersect(Area.Of(grid));
        var size = Math.Pow(2, level);
        return PatchGrid.Choose(
            plane,
            new Area(shared.Left / size, shared.Top / size, shared.Right / size, shared.Bottom / size),
            Math.Max(plane.Width, plane.Height) <= CoarseSide ? CoarsePatch : FinePatch
        );
    }

    /// <summary>How well patches lie on each other at one level of the grid, and how far each would move.</summary>
    public static List<PatchMotion> Measure(
        PictureDetail grid,
        PictureDetail other,
        Mapping mapping,
        int level,
        List<Patch> patches,
        int steps = 1
    )
    {
        var toLevel = LevelFor(other, mapping, level);
        var (plane, target, between) = (grid.Level(level), other.Level(toLevel), mapping.Between(level, toLevel));
        return patches.ConvertAll(patch => PatchMotion.Measure(plane, target, between, patch, steps));
    }

    /// <summary>The level of the other picture whose points are about as large as those of the grid at its level.</summary>
    public static int LevelFor(PictureDetail other, Mapping mapping, int level) =>
        Math.Clamp(level + (int)Math.Floor(Math.Log2(Math.Max(1e-3, mapping.Scale)) + 0.35), 0, other.Levels - 1);

    private static bool IsNear(Mapping fitted, Mapping before) =>
        fitted.ScaleX / before.ScaleX is < MostScaleChange and > 1 / MostScaleChange
        && fitted.ScaleY / before.ScaleY is < MostScaleChange and > 1 / MostScaleChange;
}
