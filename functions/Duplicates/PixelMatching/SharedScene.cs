namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// What two pictures both show, drawn on one grid: the points of the coarser of the two. Brightness at every point, colour (and
/// brightness again) averaged over cells of 4 × 4 points.
/// </summary>
/// <param name="Left">Where the scene begins on the grid picture, in its points.</param>
/// <param name="Top">Where it begins, from above.</param>
internal sealed record SharedScene(int Left, int Top, ScenePicture Grid, ScenePicture Other)
{
    public const int Cell = PictureDetail.ColourCell;

    /// <summary>Points of the grid that resampling reaches to.</summary>
    private const int Reach = 3;
    private const int LeastTrimmed = 64;

    public int Width => Grid.Luma.Width;

    public int Height => Grid.Luma.Height;

    /// <summary>What both show, with its very edge, which is not compared where it would be mixed with what is beyond.</summary>
    public required Area Shown { get; init; }

    /// <summary>The other one as a page of which the grid picture is a smaller copy; null where it is none.</summary>
    public ReducedPage? Page { get; private init; }

    /// <summary>Draws both on the grid; null where they share less than a point.</summary>
    public static SharedScene? Of(PictureDetail grid, PictureDetail other, Mapping mapping)
    {
        var shared = mapping.Inverse.Apply(Area.Of(other)).Intersect(Area.Of(grid));
        const double slack = 0.1;
        var (left, top) = ((int)Math.Ceiling(shared.Left - slack), (int)Math.Ceiling(shared.Top - slack));
        var (width, height) = ((int)Math.Floor(shared.Right + slack) - left, (int)Math.Floor(shared.Bottom + slack) - top);
        if (width < 1 || height < 1)
        {
            return null;
        }

        var shown = new Area(left, top, left + width, top + height);
        if (Math.Min(width, height) > LeastTrimmed && !PlaneResampling.IsRead(mapping))
        {
            // Beyond the scene lies a border or more of the scene, and resampling reaches there.
            var beyond = Reach * mapping.Scale;
            var (lefts, tops) = (mapping.X(left) > beyond ? Reach : 0, mapping.Y(top) > beyond ? Reach : 0);
            width -= lefts + (mapping.X(left + width) < other.Width - beyond ? Reach : 0);
            height -= tops + (mapping.Y(top + height) < other.Height - beyond ? Reach : 0);
            (left, top) = (left + lefts, top + tops);
        }

        var there = new Mapping(mapping.ScaleX, mapping.ScaleY, mapping.X(left), mapping.Y(top));
        var (first, second) = (
            ScenePicture.Of(grid, new Mapping(1, 1, left, top), width, height),
            ScenePicture.Of(other, there, width, height)
        );
        var page = ReducedPage.Of(first.Luma, Math.Min(first.CommonestShare, second.CommonestShare), other.Luma, there);
        return new SharedScene(left, top, first, page is null ? second : second.In(page.Drawn)) { Shown = shown, Page = page };
    }
}

/// <summary>One picture of a shared scene: brightness at the points of the grid; brightness and colour of its cells.</summary>
internal sealed record ScenePicture(Plane Luma, Plane Cells, Plane Blue, Plane Red)
{
    private readonly Lazy<double> commonestShare = new(() => ShareOfCommonest(Cells));

    /// <summary>The colour of a cell, counted row by row.</summary>
    public Ycc Colour(int cell) =>
        new(Cells.Values[cell], Blue.Values[cell] - PictureDetail.Neutral, Red.Values[cell] - PictureDetail.Neutral);

    /// <summary>The share of cells of about the commonest brightness: high for pages and drawings.</summary>
    public double CommonestShare => commonestShare.Value;

    public static ScenePicture Of(PictureDetail picture, Mapping mapping, int width, int height)
    {
        var luma = PlaneResampling.Resample(picture, mapping, width, height);
        var (across, down) = ((width + SharedScene.Cell - 1) / SharedScene.Cell, (height + SharedScene.Cell - 1) / SharedScene.Cell);

        // From a cell of the scene to a cell of the picture.
        var cells = new Mapping(
            mapping.ScaleX,
            mapping.ScaleY,
            (mapping.ShiftX + picture.OriginX) / SharedScene.Cell,
            (mapping.ShiftY + picture.OriginY) / SharedScene.Cell
        );
        return new ScenePicture(
            luma,
            Averages(picture, luma),
            PlaneResampling.Resample(picture.Blue, cells, across, down),
            PlaneResampling.Resample(picture.Red, cells, across, down)
        );
    }

    /// <summary>The same with brightness drawn otherwise.</summary>
    public ScenePicture In(Plane luma) => new(luma, PlaneHalving.Halve(PlaneHalving.Halve(luma)), Blue, Red);

    /// <summary>Means of 4 × 4 points: where these are a level of the picture, two levels on.</summary>
    private static Plane Averages(PictureDetail picture, Plane luma)
    {
        for (var level = 0; level + 2 < picture.Levels; level++)
        {
            if (ReferenceEquals(picture.Level(level), luma))
            {
                return picture.Level(level + 2);
            }
        }

        return PlaneHalving.Halve(PlaneHalving.Halve(luma));
    }

    private static double ShareOfCommonest(Plane cells)
    {
        var counts = new int[32];
        foreach (var value in cells.Values)
        {
            counts[value / 8]++;
        }

        return Enumerable.Range(0, counts.Length - 1).Max(at => counts[at] + counts[at + 1]) / (double)cells.Values.Length;
    }
}
