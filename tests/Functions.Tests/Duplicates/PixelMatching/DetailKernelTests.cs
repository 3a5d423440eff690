using Serverless.Duplicates.PixelMatching;
using Serverless.Imaging;

namespace Functions.Tests.Duplicates.PixelMatching;

/// <summary>The fast versions against plain ones, which say what is meant.</summary>
public sealed class DetailKernelTests
{
    public static TheoryData<int, int> Sizes =>
        new()
        {
            { 1, 1 },
            { 5, 3 },
            { 16, 16 },
            { 31, 9 },
            { 67, 42 },
            { 130, 21 },
        };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Brightness_is_that_of_rec_601_to_half_a_level_and_colour_the_mean_of_a_cell_to_one(int width, int height)
    {
        var rgb = Noise(3 * width * height, 1);
        var (luma, blue, red) = PlaneConversion.Of(rgb, width, height);
        for (var at = 0; at < width * height; at++)
        {
            Assert.InRange(luma.Values[at] - Luma(rgb, at), -0.51, 0.51);
        }

        for (var cell = 0; cell < blue.Values.Length; cell++)
        {
            var points = Cell(cell % blue.Width, cell / blue.Width, width, height).ToList();
            var (y, b, r) = (
                points.Average(at => Luma(rgb, at)),
                points.Average(at => rgb[(3 * at) + 2]),
                points.Average(at => rgb[3 * at])
            );
            Assert.InRange(blue.Values[cell] - Math.Clamp(128 + (0.564 * (b - y)), 0, 255), -1, 1);
            Assert.InRange(red.Values[cell] - Math.Clamp(128 + (0.713 * (r - y)), 0, 255), -1, 1);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_halved_plane_is_the_mean_of_two_by_two(int width, int height)
    {
        var plane = new Plane(Noise(width * height, 2), width, height);
        var half = PlaneHalving.Halve(plane);
        for (var at = 0; at < half.Values.Length; at++)
        {
            var (x, y) = (2 * (at % half.Width), 2 * (at / half.Width));
            Assert.Equal(
                (plane.Nearest(x, y) + plane.Nearest(x + 1, y) + plane.Nearest(x, y + 1) + plane.Nearest(x + 1, y + 1) + 2) / 4,
                half.Values[at]
            );
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Sums_of_cells_are_exact(int width, int height)
    {
        var (a, b) = (new Plane(Noise(width * height, 3), width, height), new Plane(Noise(width * height, 4), width, height));
        var cells = CellStatistics.Of(a, b);
        Assert.Equal((width / 4, height / 4), (cells.Across, cells.Down));
        for (var cell = 0; cell < cells.Across * cells.Down; cell++)
        {
            var sums = Cell(cell % cells.Across, cell / cells.Across, width, height)
                .Select(at => (A: (int)a.Values[at], B: (int)b.Values[at]))
                .ToList();
            Assert.Equal(
                new CellSums(
                    sums.Sum(p => p.A),
                    sums.Sum(p => p.B),
                    sums.Sum(p => p.A * p.A),
                    sums.Sum(p => p.B * p.B),
                    sums.Sum(p => (p.A - p.B) * (p.A - p.B))
                ),
                cells[cell % cells.Across, cell / cells.Across]
            );
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Areas_of_four_cells_are_the_sums_of_these_and_those_that_differ_are_found(int width, int height)
    {
        var (a, b) = (Scene(width, height, 10), Scene(width, height, 11));
        var (across, down) = ((width + 1) / 2, (height + 1) / 2);
        var areas = AreaSums.OfFours(a, b);
        Assert.Equal(across * down, areas.Length);
        for (var at = 0; at < areas.Length; at++)
        {
            Assert.Equal(Area(a, b, 2 * (at % across), 2 * (at / across)), areas[at]);
        }

        const double least = 60;
        var (columns, rows) = (Math.Max(1, width - 1), Math.Max(1, height - 1));
        var expected = Enumerable
            .Range(0, columns * rows)
            .Where(at => width == 1 || height == 1 || Differs(Area(a, b, at % columns, at / columns), least));
        Assert.Equal(expected, CellSuspects.Find(a, b, least));
        Assert.True(width * height < 100 || expected.Count() is > 0 and var count && count < columns * rows);

        static bool Differs(AreaSums area, double least) => area.Brightness > least || area.Colour > least;
    }

    private static ScenePicture Scene(int width, int height, int seed) =>
        new(
            new Plane(1, 1),
            new Plane(Noise(width * height, seed), width, height),
            new Plane(Noise(width * height, seed + 20), width, height),
            new Plane(Noise(width * height, seed + 40), width, height)
        );

    private static AreaSums Area(ScenePicture a, ScenePicture b, int x, int y) =>
        (
            from row in Enumerable.Range(y, 2).Where(row => row < a.Cells.Height)
            from column in Enumerable.Range(x, 2).Where(column => column < a.Cells.Width)
            let at = (row * a.Cells.Width) + column
            let level = ((a.Cells.Values[at] + b.Cells.Values[at]) / 2f) - 128
            let saturation = Math.Max(a.Colour(at).Saturation, b.Colour(at).Saturation)
            select new AreaSums(
                1,
                a.Cells.Values[at] - b.Cells.Values[at],
                a.Blue.Values[at] - b.Blue.Values[at],
                a.Red.Values[at] - b.Red.Values[at],
                level,
                level * level,
                (float)saturation
            )
        ).Aggregate((one, other) => one + other);

    [Theory]
    [InlineData(1.1, 15.0, 1.0)]
    [InlineData(0.8, 20.0, 0.9)]
    public void Adjusted_brightness_and_colour_are_those_of_the_adjustment_to_two_levels(double slope, double start, double gain)
    {
        // Each cell of one colour and brightness, so that its points and its mean are the same.
        const int across = 37;
        const int down = 12;
        var (luma, cells, blue, red) = (
            new Plane(4 * across, 4 * down),
            new Plane(Noise(across * down, 12), across, down),
            new Plane(across, down),
            new Plane(across, down)
        );
        for (var at = 0; at < across * down; at++)
        {
            (blue.Values[at], red.Values[at]) = ((byte)(108 + (at % 41)), (byte)(112 + (at % 29)));
            for (var point = 0; point < 16; point++)
            {
                luma.Values[(((at / across * 4) + (point / 4)) * luma.Width) + (at % across * 4) + (point % 4)] = cells.Values[at];
            }
        }

        var picture = new ScenePicture(luma, cells, blue, red);
        var adjustment = new ColourAdjustment.Channels(new ToneCubic(start / 255, slope, 0, 0, 0, 255), 1, gain, 1);
        var adjusted = AdjustedPicture.Of(picture, adjustment);
        for (var at = 0; at < across * down; at++)
        {
            var expected = adjustment.Apply(picture.Colour(at));
            Assert.InRange(adjusted.Luma.Values[(at / across * 4 * luma.Width) + (at % across * 4)] - expected.Y, -2, 2);
            Assert.InRange(adjusted.Cells.Values[at] - expected.Y, -2, 2);
            Assert.InRange(adjusted.Blue.Values[at] - 128 - expected.Blue, -1, 1);
            Assert.InRange(adjusted.Red.Values[at] - 128 - expected.Red, -1, 1);
        }
    }

    [Theory]
    [InlineData(1, 256)]
    [InlineData(2, 3)]
    [InlineData(1000, 256)]
    [InlineData(1000, 3)]
    public void A_value_of_a_place_is_the_one_that_sorting_puts_there(int count, int kinds)
    {
        var values = Noise(count, 13).Select(value => (float)(value % kinds)).ToArray();
        var sorted = values.Order().ToArray();
        Assert.All(
            [0, count / 100, count / 2, count - 1],
            place => Assert.Equal(sorted[place], OrderStatistic.At<float>([.. values], place))
        );
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_blur_is_the_weighted_mean_of_the_neighbours_to_a_level(int width, int height)
    {
        var plane = new Plane(Noise(width * height, 5), width, height);
        var match = new SharpnessMatch(0.4, 0.2, -0.05, 0, 0);
        var blurred = match.Apply(plane);
        for (var at = 0; at < plane.Values.Length; at++)
        {
            var (x, y) = (at % width, at / width);
            double Mean(params (int X, int Y)[] places) =>
                places.Average(place => (double)plane.Nearest(x + place.X, y + place.Y)) - plane.Values[at];
            var expected =
                plane.Values[at]
                + (0.4 * Mean((-1, 0), (1, 0), (0, -1), (0, 1)))
                + (0.2 * Mean((-1, -1), (1, -1), (-1, 1), (1, 1)))
                - (0.05 * Mean((-2, 0), (2, 0), (0, -2), (0, 2)));
            Assert.InRange(blurred.Values[at] - Math.Clamp(expected, 0, 255), -1, 1);
        }
    }

    [Theory]
    [InlineData(1.0, 0.0)]
    [InlineData(1.7, 0.4)]
    [InlineData(0.6, -2.3)]
    [InlineData(1.0, 0.5)]
    public void Resampling_is_the_window_of_three_lobes_to_a_level(double scale, double shift)
    {
        const int side = 24;
        var plane = new Plane(Noise(side * side, 6), side, side);
        var drawn = PlaneResampling.Resample(plane, new Mapping(scale, scale, shift, shift), 12, 12);
        for (var at = 0; at < drawn.Values.Length; at++)
        {
            double sum = 0,
                weights = 0;
            for (var y = -side; y < 2 * side; y++)
            {
                for (var x = -side; x < 2 * side; x++)
                {
                    var weight = Window(x, at % 12) * Window(y, at / 12);
                    (sum, weights) = (sum + (weight * plane.Nearest(x, y)), weights + weight);
                }
            }

            Assert.InRange(drawn.Values[at] - Math.Clamp(sum / weights, 0, 255), -1, 1);
        }

        double Window(int point, int place)
        {
            var x = Math.PI * (point - ((scale * (place + 0.5)) + shift - 0.5)) / Math.Max(1, scale);
            return Math.Abs(x) >= 3 * Math.PI ? 0
                : Math.Abs(x) < 1e-9 ? 1
                : 3 * Math.Sin(x) * Math.Sin(x / 3) / (x * x);
        }
    }

    [Fact]
    public void A_plane_turns_as_a_square_picture_does()
    {
        var plane = new Plane(Noise(40 * 40, 7), 40, 40);
        Assert.All(
            Enum.GetValues<ImageOrientation>(),
            turn => Assert.Equal(turn.Apply(plane.Values, 40), PlaneTurning.Turn(plane, turn).Values)
        );
    }

    private static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>The shares of Rec. 601 in 256ths.</summary>
    private static double Luma(byte[] rgb, int at) => ((77 * rgb[3 * at]) + (150 * rgb[(3 * at) + 1]) + (29 * rgb[(3 * at) + 2])) / 256.0;

    /// <summary>The points of a cell that are in the picture.</summary>
    private static IEnumerable<int> Cell(int x, int y, int width, int height) =>
        from row in Enumerable.Range(4 * y, 4).Where(row => row < height)
        from column in Enumerable.Range(4 * x, 4).Where(column => column < width)
        select (row * width) + column;
}
