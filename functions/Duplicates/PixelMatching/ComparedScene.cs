namespace Serverless.Duplicates.PixelMatching;

/// <summary>A shared scene after one of its pictures got the tones, and the sharper one the sharpness, of the other.</summary>
internal sealed record ComparedScene(SharedScene Scene, ScenePicture Grid, ScenePicture Other, FittedAdjustment Adjustment, SharpnessMatch GridToOther, SharpnessMatch OtherToGrid)
{
    /// <summary>Share of the squared difference that a blur must take away to be one.</summary>
    private const double Worthwhile = 0.06;

    /// <summary>The scene by each adjustment that explains it, the best first.</summary>
    public static IEnumerable<ComparedScene> All(SharedScene scene, bool isPlain) => AdjustmentFit.Fit(scene, isPlain).Select(fitted => Of(scene, fitted));

    private static ComparedScene Of(SharedScene scene, FittedAdjustment fitted)
    {
        var grid = fitted.IsForward ? AdjustedPicture.Of(scene.Grid, fitted.Adjustment) : scene.Grid;
        var other = fitted.IsForward ? scene.Other : AdjustedPicture.Of(scene.Other, fitted.Adjustment);
        var (toOther, toGrid) = SharpnessMatch.Fit(grid.Luma, other.Luma);
        if (IsWorthwhile(toOther) && (!IsWorthwhile(toGrid) || toOther.Left <= toGrid.Left))
        {
            grid = grid with { Luma = toOther.Apply(grid.Luma) };
        }
        else if (IsWorthwhile(toGrid))
        {
            other = other with { Luma = toGrid.Apply(other.Luma) };
        }

        return new ComparedScene(scene, grid, other, fitted, toOther, toGrid);
    }

    private static bool IsWorthwhile(SharpnessMatch match) => match.IsBlur && match.Left < (1 - Worthwhile) * match.Before;
}
