namespace Serverless.Duplicates.PixelMatching;

/// <summary>What each of two pictures that agree in every detail shows and the other lacks.</summary>
internal sealed class AdvantageTest(ComparedScene compared, PictureDetail grid, PictureDetail other, Mapping mapping)
{
    private readonly SharedScene scene = compared.Scene;

    /// <summary>Whether the two have as many points for the scene.</summary>
    private readonly bool isOneSize = mapping.Scale < FinerDetail.MorePoints;

    /// <param name="share">That of <see cref="FinerDetail.Share"/>.</param>
    /// <param name="rewritten">The two as they lie on each other, point on point or not.</param>
    /// <param name="by">The one that was written from the other, if that explains what is left.</param>
    public (Advantages OfGrid, Advantages OfOther) Find(double share, RewrittenScene rewritten, Rewritten by)
    {
        var poorer = rewritten.Poorer(compared, by);
        var (levelsOfGrid, levelsOfOther) = Levels(rewritten);
        var (smoothedOfGrid, smoothedOfOther) = Smoothed();
        var (coloursOfGrid, coloursOfOther) = (OwnColour.Of(scene.Grid), OwnColour.Of(scene.Other));
        var (tonesOfGrid, tonesOfOther) = ClippedTones.Find(scene);
        var (shadesOfGrid, shadesOfOther) = Shades();
        return (
            Of(
                ((poorer == Rewritten.Other || smoothedOfGrid) && !levelsOfOther)
                    || (isOneSize && FinerDetail.IsSharper(compared.GridToOther)),
                SceneBounds.ShowsMore(grid, scene.Shown, 1),
                !shadesOfGrid && coloursOfGrid.IsLostIn(coloursOfOther),
                (tonesOfGrid && !shadesOfGrid) || levelsOfGrid
            ),
            Of(
                ((poorer == Rewritten.Grid || smoothedOfOther) && !levelsOfGrid)
                    || FinerDetail.IsFiner(share, compared.GridToOther)
                    || (isOneSize ? FinerDetail.IsSharper(compared.OtherToGrid) : !OwnSharpness.Is(scene.Grid.Luma)),
                SceneBounds.ShowsMore(other, mapping.Apply(scene.Shown), mapping.Scale),
                !shadesOfOther && coloursOfOther.IsLostIn(coloursOfGrid),
                (tonesOfOther && !shadesOfOther) || levelsOfOther
            )
        );
    }

    /// <summary>Which of the two was made from the other in shades of one colour: they are no colours or tones of their own.</summary>
    private (bool OfGrid, bool OfOther) Shades() =>
        compared.Adjustment.Adjustment is ColourAdjustment.Toned
            ? (!compared.Adjustment.IsForward, compared.Adjustment.IsForward)
            : default;

    /// <summary>
    /// Which of the two has all tones that the other was reduced to: what that one seems to show beyond is steps and dither.
    /// </summary>
    private (bool OfGrid, bool OfOther) Levels(RewrittenScene rewritten)
    {
        // A drawing has few colours of its own.
        if (compared.IsDrawn)
        {
            return default;
        }

        var (ofGrid, ofOther) = FewLevels.Find(scene.Grid.Luma, scene.Other.Luma, compared.Unblurred);
        return (ofGrid || AreLostInOther(rewritten), ofOther || AreLostInGrid(rewritten));
    }

    private bool AreLostInOther(RewrittenScene rewritten) =>
        rewritten.IsPointOnPoint
        && other.IsPalette
        && !grid.IsPalette
        && !FinerDetail.IsSharper(compared.OtherToGrid)
        && PaletteTones.AreLost(scene.Other.Luma, scene.Grid.Luma, grid.Steps, rewritten.StartOfGrid, rewritten.IsCut);

    private bool AreLostInGrid(RewrittenScene rewritten) =>
        rewritten.IsPointOnPoint
        && grid.IsPalette
        && !other.IsPalette
        && !FinerDetail.IsSharper(compared.GridToOther)
        && PaletteTones.AreLost(scene.Grid.Luma, scene.Other.Luma, other.Steps, rewritten.StartOfOther, rewritten.IsCut);

    private (bool OfGrid, bool OfOther) Smoothed() =>
        isOneSize && !compared.IsDrawn ? SmoothedDetail.Find(compared.UnblurredStatistics, grid.Steps, other.Steps) : default;

    private static Advantages Of(bool isFiner, bool showsMore, bool hasColour, bool hasTones) =>
        (isFiner ? Advantages.FinerDetail : 0)
        | (showsMore ? Advantages.MoreOfTheScene : 0)
        | (hasColour ? Advantages.Colour : 0)
        | (hasTones ? Advantages.Tones : 0);
}
