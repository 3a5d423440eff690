namespace Serverless.Duplicates.PixelMatching;

/// <summary>Sums over the cells of an area of two pictures: differences of brightness and colour, and how lively the area is.</summary>
internal readonly record struct AreaSums(float Count, float Y, float Blue, float Red, float Levels, float Squares, float Saturations)
{
    /// <summary>Mean difference of brightness.</summary>
    public double Brightness => Math.Abs(Y / Count);

    /// <summary>Mean difference of colour.</summary>
    public double Colour => Math.Sqrt((Blue * Blue) + (Red * Red)) / Count;

    /// <summary>Variance of brightness from cell to cell.</summary>
    public double Roughness => Math.Max(0, (Squares / Count) - (Levels / Count * (Levels / Count)));

    /// <summary>Mean squared colour.</summary>
    public double Saturation => Saturations / Count;

    public static AreaSums operator +(AreaSums one, AreaSums two) =>
        new(
            one.Count + two.Count,
            one.Y + two.Y,
            one.Blue + two.Blue,
            one.Red + two.Red,
            one.Levels + two.Levels,
            one.Squares + two.Squares,
            one.Saturations + two.Saturations
        );

    /// <summary>Of one cell.</summary>
    public static AreaSums Of(ScenePicture a, ScenePicture b, int at)
    {
        const int neutral = PictureDetail.Neutral;
        var (y, z) = (a.Cells.Values[at], b.Cells.Values[at]);
        var (blueA, redA, blueB, redB) = (
            a.Blue.Values[at] - neutral,
            a.Red.Values[at] - neutral,
            b.Blue.Values[at] - neutral,
            b.Red.Values[at] - neutral
        );

        // Levels are taken from the middle: sums of squares in single precision keep their digits.
        var level = ((y + z) / 2f) - neutral;
        return new AreaSums(
            1,
            y - z,
            blueA - blueB,
            redA - redB,
            level,
            level * level,
            Math.Max((blueA * blueA) + (redA * redA), (blueB * blueB) + (redB * redB))
        );
    }

    /// <summary>Of 2 × 2 cells, of which the first is given; at odd ends of what there is.</summary>
    public static AreaSums OfFour(ScenePicture a, ScenePicture b, int x, int y)
    {
        var (across, down, at) = (a.Cells.Width, a.Cells.Height, (y * a.Cells.Width) + x);
        var (right, below) = (x + 1 < across, y + 1 < down);
        return Of(a, b, at)
            + (right ? Of(a, b, at + 1) : default)
            + (below ? Of(a, b, at + across) : default)
            + (right && below ? Of(a, b, at + across + 1) : default);
    }

    /// <summary>One for each 2 × 2 cells.</summary>
    public static AreaSums[] OfFours(ScenePicture a, ScenePicture b)
    {
        var (across, down) = ((a.Cells.Width + 1) / 2, (a.Cells.Height + 1) / 2);
        var sums = new AreaSums[across * down];
        for (var y = 0; y < down; y++)
        {
            var x = (2 * y) + 1 < a.Cells.Height ? AreaVectors.OfFours(a, b, y, sums.AsSpan(y * across, across)) : 0;
            for (; x < across; x++)
            {
                sums[(y * across) + x] = OfFour(a, b, 2 * x, 2 * y);
            }
        }

        return sums;
    }

    /// <summary>One for each 2 × 2; at odd ends for what there is.</summary>
    public static AreaSums[] Halve(AreaSums[] blocks, int across, int down)
    {
        var halves = new AreaSums[(across + 1) / 2 * ((down + 1) / 2)];
        for (var y = 0; y < down; y++)
        {
            for (var x = 0; x < across; x++)
            {
                ref var half = ref halves[(y / 2 * ((across + 1) / 2)) + (x / 2)];
                half += blocks[(y * across) + x];
            }
        }

        return halves;
    }
}
