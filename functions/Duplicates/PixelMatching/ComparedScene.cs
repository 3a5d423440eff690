namespace Serverless.Duplicates.PixelMatching;

/// <summary>A shared scene after one of its pictures got the tones, and the sharper one the sharpness, of the other.</summary>
internal sealed record ComparedScene(
    SharedScene Scene,
    ScenePicture Grid,
    ScenePicture Other,
    FittedAdjustment Adjustment,
    SharpnessMatch GridToOther,
    SharpnessMatch OtherToGrid
)
{
    /// <summary>Share of the squared difference that a blur must take away to be one.</summary>
    private const double Worthwhile = 0.06;

    /// <summary>Share of one brightness from which on a picture is a page, and the noise at which its writing can be another.</summary>
    private const double Page = 0.35;
    private const double Illegible = 45;

    /// <summary>Mean squared difference, in squared levels, that is left at well textured places; what was changed counts little.</summary>
    public double Noise { get; private init; }

    /// <summary>Brightness of the two with the same tones, before the sharper one was blurred.</summary>
    public required (Plane Grid, Plane Other) Unblurred { get; init; }

    /// <summary>Sums of the cells of the two as they are compared.</summary>
    public CellStatistics Statistics => field ??= CellStatistics.Of(Grid.Luma, Other.Luma);

    /// <summary>The same before one of the two was blurred.</summary>
    public CellStatistics UnblurredStatistics =>
        field ??=
            ReferenceEquals(Unblurred.Grid, Grid.Luma) && ReferenceEquals(Unblurred.Other, Other.Luma)
                ? Statistics
                : CellStatistics.Of(Unblurred.Grid, Unblurred.Other);

    /// <summary>Whether so much is left of writing that another letter would be no more.</summary>
    public bool IsIllegible => Noise > Illegible && Grid.CommonestShare > Page;

    /// <summary>Whether points are as they were, so that whatever differs at all was changed: neither was compressed or adjusted.</summary>
    public bool IsUntouched => Noise < Rounding && Adjustment is { Adjustment: ColourAdjustment.None, Cost: < Rounding };

    /// <summary>Whether it is a page or a drawing: most of it has one brightness.</summary>
    public bool IsPage => Math.Min(Grid.CommonestShare, Other.CommonestShare) > MostlyPaper;

    /// <summary>Whether it is a page, a drawing or a thing on a plain ground rather than a photograph.</summary>
    public bool IsDrawn => Math.Min(Grid.CommonestShare, Other.CommonestShare) > Page;

    private const double Rounding = 0.05;
    private const double MostlyPaper = 0.5;

    /// <summary>Share of one brightness of a page that shows nothing, and how much less of it the other one has.</summary>
    private const double Blank = 0.97;
    private const double Lost = 0.03;

    /// <summary>Whether an adjustment took what one of the two shows: print so pale that it is paper in the other.</summary>
    public bool IsLost =>
        Math.Max(Scene.Grid.CommonestShare, Scene.Other.CommonestShare) > Blank
        && Math.Abs(Scene.Grid.CommonestShare - Scene.Other.CommonestShare) > Lost;

    /// <summary>The scene by each adjustment that explains it, the best first.</summary>
    public static IEnumerable<ComparedScene> All(SharedScene scene, bool isPlain) =>
        AdjustmentFit.Fit(scene, isPlain).Select(fitted => Of(scene, fitted));

    private static ComparedScene Of(SharedScene scene, FittedAdjustment fitted)
    {
        var grid = fitted.IsForward ? AdjustedPicture.Of(scene.Grid, fitted.Adjustment) : scene.Grid;
        var other = fitted.IsForward ? scene.Other : AdjustedPicture.Of(scene.Other, fitted.Adjustment);
        var unblurred = (grid.Luma, other.Luma);
        var (toOther, toGrid) = SharpnessMatch.Fit(grid.Luma, other.Luma);
        var noise = Math.Min(toOther.Before, toGrid.Before);
        if (IsWorthwhile(toOther) && (!IsWorthwhile(toGrid) || toOther.Left <= toGrid.Left))
        {
            (grid, noise) = (grid with { Luma = toOther.Apply(grid.Luma) }, toOther.Left);
        }
        else if (IsWorthwhile(toGrid))
        {
            (other, noise) = (other with { Luma = toGrid.Apply(other.Luma) }, toGrid.Left);
        }

        return new ComparedScene(scene, grid, other, fitted, toOther, toGrid) { Noise = noise, Unblurred = unblurred };
    }

    private static bool IsWorthwhile(SharpnessMatch match) => match.IsBlur && match.Left < (1 - Worthwhile) * match.Before;
}
