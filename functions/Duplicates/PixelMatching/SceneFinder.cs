using Serverless.Embeddings;
using Serverless.Images;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>Finds the scene that two pictures share: the whole on the whole, within borders, by a hint, or anywhere.</summary>
internal static class SceneFinder
{
    /// <summary>Mean correlation of patches from which on no other mapping is looked for.</summary>
    private const double Evident = 0.95;

    /// <summary>Below this they do not lie on each other.</summary>
    private const double Least = 0.55;

    /// <summary>Mean correlation at full detail of a place that nothing else speaks for.</summary>
    private const double Certain = 0.8;

    /// <summary>A part that is nearly the whole is no other candidate.</summary>
    private const double Whole = 0.998;

    /// <summary>Share of the smaller of the two that both must show.</summary>
    private const double LeastShared = 0.9;

    /// <summary>What a mapping that had to be searched for must correlate better by.</summary>
    private const double Preference = 0.03;

    /// <summary>Ratio of the two proportions up to which a picture may lie as a whole on another.</summary>
    private const double SameProportions = 1.01;

    /// <summary>How <paramref name="a"/> lies on <paramref name="b"/>, to a point of a few hundred; null where it does not.</summary>
    public static FoundScene? Find(PictureDetail a, PictureDetail b, Alignment? hint)
    {
        var best = (Mapping: default(Mapping), Score: double.NegativeInfinity);
        foreach (var start in Candidates(a, b, hint))
        {
            var found = RefineCoarsely(a, b, start);
            best = found.Score > best.Score + Preference && Shared(a, b, found.Mapping) >= LeastShared ? found : best;
            if (best.Score >= Evident)
            {
                break;
            }
        }

        if (best.Score >= Least)
        {
            return new FoundScene(best.Mapping, false);
        }

        if (ByProfiles(a, b) is { } profiled)
        {
            return new FoundScene(profiled, false);
        }

        // Nothing to hold on to: the whole on the whole is then as good as any place, and the comparison says whether it is right.
        var ratio = (double)a.Width * b.Height / ((double)a.Height * b.Width);
        return ratio is < SameProportions and > 1 / SameProportions ? new FoundScene(Mapping.Of(Area.Of(a), Area.Of(b)), true) : null;
    }

    /// <summary>
    /// Whether copies are made so: what is stretched lies on the other as a whole, what is cut is not stretched besides and has its
    /// own place, and what has the size of the other lies on it point on point, or is a smaller part of it.
    /// </summary>
    public static bool IsLikely(PictureDetail a, PictureDetail b, Mapping mapping)
    {
        const double stretched = 1.03;
        const double nearly = 0.98;
        var shared = mapping.Inverse.Apply(Area.Of(b)).Intersect(Area.Of(a));
        if ((a.Width, a.Height) == (b.Width, b.Height) && shared.Size > nearly * Area.Of(a).Size)
        {
            return SceneRegistration.IsPlain(a, b, mapping);
        }

        return (IsWhole(shared, a) && IsWhole(mapping.Apply(shared), b))
            || (mapping.ScaleX / mapping.ScaleY is < stretched and > 1 / stretched && !ProfileSearch.Repeats(a));

        static bool IsWhole(Area shared, PictureDetail picture) =>
            IsNearly(shared, Area.Of(picture)) || IsNearly(shared, FlatFrame.Within(picture));

        static bool IsNearly(Area shared, Area whole)
        {
            const double nearly = 0.95;
            return shared.Intersect(whole).Size > nearly * Math.Max(shared.Size, whole.Size);
        }
    }

    /// <summary>
    /// By whole points, or by half or a quarter of the size, where that is right to the point: walls of bricks, and pages.
    /// </summary>
    private static Mapping? ByProfiles(PictureDetail a, PictureDetail b)
    {
        const int mostLevel = 2;
        for (var level = 0; level <= mostLevel; level++)
        {
            if (ProfileSearch.Find(a, b, level) is { } forth && IsRight(a, b, forth))
            {
                return forth;
            }

            if (ProfileSearch.Find(b, a, level) is { } back && IsRight(b, a, back))
            {
                return back.Inverse;
            }
        }

        return null;

        static bool IsRight(PictureDetail grid, PictureDetail other, Mapping mapping) =>
            Shared(grid, other, mapping) >= LeastShared
            && SceneRegistration.Score(
                SceneRegistration.Measure(grid, other, mapping, 0, SceneRegistration.Choose(grid, other, mapping, 0))
            ) > Certain;
    }

    /// <summary>The share of the smaller one that lies on the other.</summary>
    private static double Shared(PictureDetail a, PictureDetail b, Mapping mapping)
    {
        var shared = mapping.Apply(Area.Of(a)).Intersect(Area.Of(b)).Size;
        return shared / Math.Min(mapping.Apply(Area.Of(a)).Size, Area.Of(b).Size);
    }

    private static IEnumerable<Mapping> Candidates(PictureDetail a, PictureDetail b, Alignment? hint)
    {
        var (wholeA, wholeB) = (Area.Of(a), Area.Of(b));
        yield return Mapping.Of(wholeA, wholeB);
        if (hint is { } found && Math.Min(found.ScaleX, found.ScaleY) < Whole)
        {
            yield return Mapping.Of(Part(found, a), wholeB);
            yield return Mapping.Of(wholeA, Part(found, b));
        }

        var (frameA, frameB) = (FlatFrame.Within(a), FlatFrame.Within(b));
        if (frameA != wholeA || frameB != wholeB)
        {
            yield return Mapping.Of(frameA, frameB);
            yield return Mapping.Of(frameA, wholeB);
            yield return Mapping.Of(wholeA, frameB);
        }

        foreach (var mapping in SceneSearch.Find(a, b))
        {
            yield return mapping;
        }
    }

    private static Area Part(Alignment hint, PictureDetail picture) =>
        new(
            hint.OffsetX * picture.Width,
            hint.OffsetY * picture.Height,
            (hint.OffsetX + hint.ScaleX) * picture.Width,
            (hint.OffsetY + hint.ScaleY) * picture.Height
        );

    private static (Mapping Mapping, double Score) RefineCoarsely(PictureDetail a, PictureDetail b, Mapping start)
    {
        // The coarser of the two is the grid: its points are then those of a level of the other.
        if (start.Scale < 1)
        {
            var (inverse, score) = RefineCoarsely(b, a, start.Inverse);
            return (inverse.Inverse, score);
        }

        // A level that is too coarse for lines of writing leads astray: what it finds must prove itself on the next.
        var level = SceneRegistration.CoarseLevel(a);
        var found = SceneRegistration.Refine(a, b, start, level);
        if (level < a.Levels - 1)
        {
            var coarse = SceneRegistration.Refine(a, b, start, level + 1).Mapping;
            found = Better(found, SceneRegistration.Refine(a, b, coarse, level));
        }

        return level == 0
            ? found
            : Better(SceneRegistration.Refine(a, b, found.Mapping, level - 1), SceneRegistration.Refine(a, b, start, level - 1, 1));
    }

    private static (Mapping Mapping, double Score) Better((Mapping Mapping, double Score) one, (Mapping Mapping, double Score) other) =>
        other.Score > one.Score + 0.005 ? other : one;
}

/// <summary>Where a picture lies on another.</summary>
/// <param name="Mapping">From the one to the other.</param>
/// <param name="IsPlain">Whether there is nothing to hold on to, so that nothing but the comparison itself speaks for it.</param>
internal readonly record struct FoundScene(Mapping Mapping, bool IsPlain);
