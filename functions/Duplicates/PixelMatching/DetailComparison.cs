using Serverless.Images;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Compares two originals in full detail: lays the one on the other, gives them one tone and one sharpness, and holds what is
/// left against what re-encoding leaves at like places of the pair.
/// </summary>
internal static class DetailComparison
{
    /// <summary>
    /// Mean difference in levels, brightness and colour, that no adjustment accounts for, from which on the whole differs.
    /// </summary>
    private const double MostUnexplained = 6;

    /// <summary>The same after an adjustment, which must account for it.</summary>
    private const double MostUnexplainedOfAdjusted = 5.2;

    /// <summary>Points along a side below which a scene has no windows to compare.</summary>
    private const int LeastSide = 2 * SharedScene.Cell;

    /// <summary>Levels by which a point of a tiny picture may differ.</summary>
    private const int MostOfAPoint = 12;

    private static DetailMatch Unclear { get; } =
        new(DetailVerdict.Unclear, [], 0, SharedArea.Whole, SharedArea.Whole, Advantages.None, Advantages.None);

    /// <summary>Compares; the same, but for the exchange of the two, in either order.</summary>
    /// <param name="a">One of the two.</param>
    /// <param name="b">The other.</param>
    /// <param name="hint">How the small pictures lie on each other, where that is known.</param>
    public static DetailMatch Compare(PictureDetail a, PictureDetail b, Alignment? hint = null)
    {
        var match =
            a.Equals(b) ? Unclear with { Verdict = DetailVerdict.Same }
            : IsInOrder(a, b) ? CompareOrdered(a, b, hint)
            : CompareOrdered(b, a, hint).Swapped();
        return match with { OfA = match.OfA | Transparency(a, b), OfB = match.OfB | Transparency(b, a) };
    }

    /// <summary>The same colours may be seen over white, where only one of the two can be laid on another ground.</summary>
    private static Advantages Transparency(PictureDetail of, PictureDetail other) =>
        of.IsTransparent && !other.IsTransparent ? Advantages.Transparency : Advantages.None;

    /// <summary>An order of any two pictures, so that the result does not depend on which is called A.</summary>
    private static bool IsInOrder(PictureDetail a, PictureDetail b)
    {
        var size = (a.Width * (long)a.Height, a.Width).CompareTo((b.Width * (long)b.Height, b.Width));
        return size != 0 ? size < 0
            : a.Luma.Values.AsSpan().SequenceCompareTo(b.Luma.Values) is var order and not 0 ? order < 0
            : a.Blue.Values.AsSpan().SequenceCompareTo(b.Blue.Values) is var blue and not 0 ? blue < 0
            : a.Red.Values.AsSpan().SequenceCompareTo(b.Red.Values) <= 0;
    }

    private static DetailMatch CompareOrdered(PictureDetail a, PictureDetail b, Alignment? hint)
    {
        if (SceneFinder.Find(a, b, hint) is not { } found)
        {
            return Unclear;
        }

        return found.Mapping.Scale >= 1
            ? CompareOnGrid(a, b, found)
            : CompareOnGrid(b, a, found with { Mapping = found.Mapping.Inverse }).Swapped();
    }

    /// <summary>Compares on the points of the first picture, the coarser one.</summary>
    private static DetailMatch CompareOnGrid(PictureDetail grid, PictureDetail other, FoundScene found)
    {
        var mapping = found.IsPlain ? found.Mapping : SceneRegistration.RefineFully(grid, other, found.Mapping);
        if (!SceneFinder.IsLikely(grid, other, mapping) || SharedScene.Of(grid, other, mapping) is not { } scene)
        {
            return Unclear;
        }

        var rewritten = new RewrittenScene(scene, grid, other, mapping);
        var (compared, places, by) = Compare(scene, found.IsPlain, rewritten);
        if (Math.Min(scene.Width, scene.Height) < LeastSide)
        {
            return Tiny(compared);
        }

        var differences = places.Take(DetailMatch.MostDifferences).Select(place => Difference(place, scene, grid, other, mapping));
        var share = FinerDetail.Share(scene, other, mapping);
        var verdict = Verdict(compared, places, share, by);
        var (ofGrid, ofOther) = verdict is DetailVerdict.Same or DetailVerdict.Overlay
            ? new AdvantageTest(compared, grid, other, mapping).Find(share, rewritten, by)
            : default;
        return new DetailMatch(
            verdict,
            [.. differences],
            places.Count,
            Share(scene.Shown, grid),
            Share(mapping.Apply(scene.Shown), other),
            ofGrid,
            ofOther
        );
    }

    /// <summary>
    /// By the first adjustment that leaves no difference; where each leaves some, by the one that explains most. Says too which of
    /// the two was written as a coarse JPEG from the other, where that alone explains what is left.
    /// </summary>
    private static (ComparedScene Compared, IReadOnlyList<ChangedPlace> Places, Rewritten By) Compare(
        SharedScene scene,
        bool isPlain,
        RewrittenScene rewritten
    )
    {
        (ComparedScene, IReadOnlyList<ChangedPlace>, Rewritten)? first = null,
            clear = null;
        var page = rewritten.Page();
        IReadOnlyList<ChangedWindow> others = [.. page?.Others ?? [], .. rewritten.Reduced()];
        foreach (var compared in ComparedScene.All(scene, isPlain))
        {
            var (places, by) = Changes(compared, rewritten, others);
            if (places.Count == 0 && compared.IsIllegible)
            {
                by = page?.By ?? Rewritten.None;
            }

            if (places.Count == 0 && !(compared.IsIllegible && by == Rewritten.None))
            {
                return clear ?? (compared, places, by);
            }

            clear ??= places.Count == 0 ? (compared, places, by) : null;
            first ??= (compared, places, by);
        }

        return clear ?? first!.Value;
    }

    private static (IReadOnlyList<ChangedPlace> Places, Rewritten By) Changes(
        ComparedScene compared,
        RewrittenScene rewritten,
        IReadOnlyList<ChangedWindow> others
    )
    {
        var (across, down) = (compared.Grid.Cells.Width, compared.Grid.Cells.Height);
        var isPage = compared.IsPage;
        var windows = DetailTest.Candidates(
            compared.Statistics,
            NoiseTest.LeastError(compared, isPage ? DetailTest.LeastPale : DetailTest.LeastError)
        );
        List<ChangedWindow> changes =
        [
            .. windows.Where(window =>
                DetailTest.IsChange(window) || NoiseTest.IsChange(compared, window) || (isPage && DetailTest.IsPale(window))
            ),
        ];
        var by = Rewritten.None;
        if (changes.Count > 0 && rewritten.Of(compared) is { } test && test.TakeExplained(changes))
        {
            by = test.By;
        }

        changes.AddRange(others);
        changes.AddRange(AreaTest.Find(compared));
        if (
            compared.Adjustment.Cost
            > (compared.Adjustment.Adjustment is ColourAdjustment.None ? MostUnexplained : MostUnexplainedOfAdjusted)
        )
        {
            changes.Add(new ChangedWindow(0, 0, Math.Max(across, down), compared.Adjustment.Cost, 1, 0, ChangeKind.Area));
        }

        return (ChangedPlaces.Of(changes, across, down), by);
    }

    private static DetailVerdict Verdict(ComparedScene compared, IReadOnlyList<ChangedPlace> places, double share, Rewritten by) =>
        places.Count switch
        {
            0 => FinerDetail.IsTooFine(share, compared) || (compared.IsIllegible && by == Rewritten.None) || compared.IsLost
                ? DetailVerdict.Unclear
                : DetailVerdict.Same,
            _ => OverlayTest.Is(compared, places) ? DetailVerdict.Overlay : DetailVerdict.Differs,
        };

    /// <summary>Of a few points every one tells: they are the same, or it is not known.</summary>
    private static DetailMatch Tiny(ComparedScene compared)
    {
        var (a, b) = (compared.Grid, compared.Other);
        return AreAlike(a.Luma, b.Luma) && AreAlike(a.Blue, b.Blue) && AreAlike(a.Red, b.Red)
            ? Unclear with
            {
                Verdict = DetailVerdict.Same,
            }
            : Unclear;

        static bool AreAlike(Plane one, Plane other) =>
            one.Values.Zip(other.Values).All(pair => Math.Abs(pair.First - pair.Second) <= MostOfAPoint);
    }

    private static DetailDifference Difference(
        ChangedPlace place,
        SharedScene scene,
        PictureDetail grid,
        PictureDetail other,
        Mapping mapping
    )
    {
        const int cell = SharedScene.Cell;
        var area = new Area(
            place.Left * cell,
            place.Top * cell,
            Math.Min(scene.Width, place.Right * cell),
            Math.Min(scene.Height, place.Bottom * cell)
        );
        area = new Area(scene.Left + area.Left, scene.Top + area.Top, scene.Left + area.Right, scene.Top + area.Bottom);
        var (a, b) = (Share(area, grid), Share(mapping.Apply(area), other));
        return new DetailDifference(a.Left, a.Top, a.Width, a.Height, b.Left, b.Top, b.Width, b.Height);
    }

    private static SharedArea Share(Area area, PictureDetail picture)
    {
        var (left, top) = (Share(area.Left / picture.Width), Share(area.Top / picture.Height));
        return new SharedArea(left, top, Share(area.Right / picture.Width) - left, Share(area.Bottom / picture.Height) - top);

        static double Share(double value) => Math.Clamp(Math.Round(value, 5), 0, 1);
    }
}
