using Serverless.Imaging;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>Which of two pictures on one grid was written from the other.</summary>
internal enum Rewritten
{
    None,
    Grid,
    Other,
}

/// <summary>How a scene can be tested for one of its pictures being the other one, written as a JPEG.</summary>
internal sealed class RewrittenScene(SharedScene scene, PictureDetail grid, PictureDetail other, Mapping mapping)
{
    /// <summary>Share of one brightness from which on a scene is a page or a drawing, where a letter is all that may differ.</summary>
    private const double LeastOfPage = 0.3;

    /// <summary>Half steps that the worst block of the same page is off.</summary>
    private const double MostOfSame = 2;

    /// <summary>Squared colour up to which a cell is grey.</summary>
    private const double MostOfGrey = 36;

    /// <summary>Levels from an end at which a colour may have been cut off there: that of a cell is a mean.</summary>
    private const double NearEnd = 6;

    /// <summary>The step of the mean up to which a JPEG (about quality 60 and better) keeps all that a better one shows.</summary>
    private const float MostOfGood = 13.5f;

    /// <summary>Points of one to a point of the other.</summary>
    private const double NearOne = 1e-5;

    /// <summary>Whether each point of the one lies on a point of the other.</summary>
    public bool IsPointOnPoint { get; } =
        PlaneResampling.IsRead(mapping) && Math.Abs(mapping.ScaleX - 1) < NearOne && Math.Abs(mapping.ScaleY - 1) < NearOne;

    /// <summary>The column and row of each picture's file in which the scene begins, point on point.</summary>
    public (int X, int Y) StartOfGrid => (scene.Left, scene.Top);

    public (int X, int Y) StartOfOther => ((int)Math.Round(mapping.X(scene.Left)), (int)Math.Round(mapping.Y(scene.Top)));

    /// <summary>The picture that lost detail to compression, if one did.</summary>
    /// <param name="compared">The comparison that found no difference.</param>
    /// <param name="by">The one that was written from the other, if that explains what is left.</param>
    public Rewritten Poorer(ComparedScene compared, Rewritten by)
    {
        // Of two good JPEGs each was rounded.
        if (by != Rewritten.None && !(IsGood(grid.Steps) && IsGood(other.Steps)))
        {
            return by;
        }

        if (!IsPointOnPoint)
        {
            return Rewritten.None;
        }

        var (ofGrid, ofOther) = (scene.Grid.Luma, scene.Other.Luma);
        var mayBeRounded = compared.Adjustment.Adjustment is ColourAdjustment.None;
        return (mayBeRounded && RoundedDetail.IsLost(ofGrid, grid.Steps, ofOther, other.Steps, StartOfOther))
            || BlockBorders.AreShown(ofGrid, StartOfGrid.X, ofOther, StartOfOther.X, other.Steps)
                ? Rewritten.Other
            : (mayBeRounded && RoundedDetail.IsLost(ofOther, other.Steps, ofGrid, grid.Steps, StartOfGrid))
            || BlockBorders.AreShown(ofOther, StartOfOther.X, ofGrid, StartOfGrid.X, grid.Steps)
                ? Rewritten.Grid
            : Rewritten.None;
    }

    private static bool IsGood(float[]? steps) => steps is not null && steps[0] <= MostOfGood;

    /// <summary>
    /// The test by an adjustment; null where the picture that got no other tones is no JPEG, or points lie beside each other.
    /// </summary>
    public Test? Of(ComparedScene compared)
    {
        var isAdjusted = compared.Adjustment.Adjustment is not ColourAdjustment.None;
        return Of(
            compared.Unblurred.Grid,
            compared.Unblurred.Other,
            !isAdjusted || !compared.Adjustment.IsForward,
            !isAdjusted || compared.Adjustment.IsForward
        );
    }

    /// <summary>
    /// A page that was written as a JPEG, its tones unchanged or changed along a line, compared block by block; null where it is
    /// no page, or was not.
    /// </summary>
    public PageMatch? Page()
    {
        if (
            Math.Min(scene.Grid.CommonestShare, scene.Other.CommonestShare) < LeastOfPage
            || Of(scene.Grid.Luma, scene.Other.Luma, true, true) is not { } test
        )
        {
            return null;
        }

        if (test.Requantisation.Compare(IsGrey) is { } found)
        {
            return new PageMatch(Windows(found.Others), found.Most <= MostOfSame ? test.By : Rewritten.None);
        }

        var isOther = test.By == Rewritten.Other;
        var (plain, written) = isOther ? (scene.Grid.Luma, scene.Other.Luma) : (scene.Other.Luma, scene.Grid.Luma);
        return
            PageTones.Line(plain, written) is { } toned
            && Of(isOther ? toned : written, isOther ? written : toned, !isOther, isOther) is { } again
            && again.Requantisation.Compare(IsGrey) is { } left
            ? new PageMatch(Windows(left.Others), Rewritten.None)
            : null;
    }

    /// <summary>Where a smaller copy of a page shows other letters.</summary>
    public IReadOnlyList<ChangedWindow> Reduced() =>
        scene.Page is { } page
            ? Windows([.. ReducedPageTest.Others(page, scene.Grid.Luma, grid.Steps, StartOfGrid).Where(block => IsGrey(block.X, block.Y))])
            : [];

    private static IReadOnlyList<ChangedWindow> Windows(IReadOnlyList<(int X, int Y)> blocks)
    {
        const int cell = SharedScene.Cell;
        return
        [
            .. blocks.Select(block => new ChangedWindow(
                block.X / cell,
                block.Y / cell,
                BlockTransform.Side / cell,
                0,
                0,
                0,
                ChangeKind.Detail
            )),
        ];
    }

    private bool IsGrey(int startX, int startY)
    {
        const int cell = SharedScene.Cell;
        var (across, down) = (scene.Grid.Blue.Width, scene.Grid.Blue.Height);
        for (var y = startY / cell; y <= Math.Min(down - 1, (startY + BlockTransform.Side - 1) / cell); y++)
        {
            for (var x = startX / cell; x <= Math.Min(across - 1, (startX + BlockTransform.Side - 1) / cell); x++)
            {
                if (Math.Max(scene.Grid.Colour((y * across) + x).Saturation, scene.Other.Colour((y * across) + x).Saturation) > MostOfGrey)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether colours of a block, by its first point, are clipped in one of the two.</summary>
    public bool IsCut(int startX, int startY) => IsCut(scene.Grid, startX, startY) || IsCut(scene.Other, startX, startY);

    /// <summary>Whether red, green or blue of a point of a block is at an end of what it can be, or nearly so.</summary>
    private static bool IsCut(ScenePicture picture, int startX, int startY)
    {
        const int cell = SharedScene.Cell;
        for (var y = Math.Max(0, startY); y < Math.Min(picture.Luma.Height, startY + BlockTransform.Side); y++)
        {
            for (var x = Math.Max(0, startX); x < Math.Min(picture.Luma.Width, startX + BlockTransform.Side); x++)
            {
                var colour = picture.Colour((y / cell * picture.Blue.Width) + (x / cell)) with
                {
                    Y = picture.Luma.Values[(y * picture.Luma.Width) + x],
                };
                var (red, green, blue) = colour.Rgb;
                if (Math.Min(red, Math.Min(green, blue)) < NearEnd || Math.Max(red, Math.Max(green, blue)) > 255 - NearEnd)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private Test? Of(Plane ofGrid, Plane ofOther, bool mayBeGrid, bool mayBeOther)
    {
        var (stepsOfGrid, stepsOfOther) = (mayBeGrid ? grid.Steps : null, mayBeOther ? other.Steps : null);
        if (!IsPointOnPoint || (stepsOfGrid is null && stepsOfOther is null))
        {
            return null;
        }

        // Of two JPEGs the coarser one was written later.
        var (shiftX, shiftY) = (StartOfOther.X - scene.Left, StartOfOther.Y - scene.Top);
        var areBlocksShared = shiftX % JpegQuantisation.Side == 0 && shiftY % JpegQuantisation.Side == 0;
        return stepsOfOther is not null && (stepsOfGrid is null || stepsOfOther.Sum() >= stepsOfGrid.Sum())
            ? new Test(
                new Requantisation(ofGrid, ofOther, stepsOfOther, StartOfOther.X, StartOfOther.Y)
                {
                    StepsOfPlain = areBlocksShared ? stepsOfGrid : null,
                    IsCut = IsCut,
                },
                Rewritten.Other
            )
            : new Test(
                new Requantisation(ofOther, ofGrid, stepsOfGrid!, scene.Left, scene.Top)
                {
                    StepsOfPlain = areBlocksShared ? stepsOfOther : null,
                    IsCut = IsCut,
                },
                Rewritten.Grid
            );
    }

    /// <summary>Where a page differs, and which of the two was written from the other where all of it is explained.</summary>
    internal sealed record PageMatch(IReadOnlyList<ChangedWindow> Others, Rewritten By);

    /// <summary>A test, and which of the two it takes for the one that was written.</summary>
    internal sealed record Test(Requantisation Requantisation, Rewritten By)
    {
        /// <summary>Windows that are not explained from which on no others are looked at: the two differ.</summary>
        private const int Most = 60;

        /// <summary>Takes away the windows that are explained, but none where many are not; says whether any were.</summary>
        public bool TakeExplained(List<ChangedWindow> windows)
        {
            const int cell = SharedScene.Cell;
            var unexplained = 0;
            return windows.RemoveAll(window =>
                {
                    var (left, top, side) = (window.Left * cell, window.Top * cell, window.Side * cell);
                    var isExplained = unexplained < Most && Requantisation.Explains(left, top, left + side, top + side);
                    unexplained += isExplained ? 0 : 1;
                    return isExplained;
                }) > 0;
        }
    }
}
