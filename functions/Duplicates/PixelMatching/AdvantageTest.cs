namespace Serverless.Duplicates.PixelMatching;

/// <summary>What each of two pictures that agree in every detail shows and the other lacks.</summary>
internal sealed class AdvantageTest(ComparedScene compared, PictureDetail grid, PictureDetail other, Mapping mapping)
{
    private readonly SharedScene scene = compared.Scene;

    /// <summary>Whether the two have as many points for the scene.</summary>
    private readonly bool isOneSize = mapping.Scale < FinerDetail.MorePoints;

    /// <param name="share">That of <see cref="FinerDetail.Share"/>.</param>
    /// <param name="poorer">The picture that lost detail to compression, if any.</param>
    public (Advantages OfGrid, Advantages OfOther) Find(double share, Rewritten poorer)
    {
        var (levelsOfGrid, levelsOfOther) = Levels();
        var (smoothedOfGrid, smoothedOfOther) = Smoothed();
        var (coloursOfGrid, coloursOfOther) = (OwnColour.Of(scene.Grid), OwnColour.Of(scene.Other));
        var (tonesOfGrid, tonesOfOther) = ClippedTones.Find(scene);
        var (shadesOfGrid, shadesOfOther) = Shades();
        return (
            Of(
                poorer == Rewritten.Other
                    || (smoothedOfGrid && !levelsOfOther)
                    || (isOneSize && FinerDetail.IsSharper(compared.GridToOther)),
                SceneBounds.ShowsMore(grid, scene.Shown, 1),
                !shadesOfGrid && coloursOfGrid.IsLostIn(coloursOfOther),
                (tonesOfGrid && !shadesOfGrid) || levelsOfGrid
            ),
            Of(
                poorer == Rewritten.Grid
                    || (smoothedOfOther && !levelsOfGrid)
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

    private (bool OfGrid, bool OfOther) Levels() =>
        compared.IsDrawn ? default : FewLevels.Find(scene.Grid.Luma, scene.Other.Luma, compared.Unblurred);

    private (bool OfGrid, bool OfOther) Smoothed() =>
        isOneSize && !compared.IsDrawn
            ? SmoothedDetail.Find(compared.Unblurred.Grid, grid.Steps, compared.Unblurred.Other, other.Steps)
            : default;

    private static Advantages Of(bool isFiner, bool showsMore, bool hasColour, bool hasTones) =>
        (isFiner ? Advantages.FinerDetail : 0)
        | (showsMore ? Advantages.MoreOfTheScene : 0)
        | (hasColour ? Advantages.Colour : 0)
        | (hasTones ? Advantages.Tones : 0);
}
