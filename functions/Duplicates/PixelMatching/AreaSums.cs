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

    public static AreaSums operator +(AreaSums one, AreaSums two) => new(
        one.Count + two.Count, one.Y + two.Y, one.Blue + two.Blue, one.Red + two.Red, one.Levels + two.Levels, one.Squares + two.Squares, one.Saturations + two.Saturations);

    /// <summary>One for each cell.</summary>
    public static AreaSums[] Of(ScenePicture a, ScenePicture b)
    {
        var sums = new AreaSums[a.Cells.Values.Length];
        for (var at = 0; at < sums.Length; at++)
        {
            const int neutral = PictureDetail.Neutral;
            var (y, z) = (a.Cells.Values[at], b.Cells.Values[at]);
            var (blueA, redA, blueB, redB) = (a.Blue.Values[at] - neutral, a.Red.Values[at] - neutral, b.Blue.Values[at] - neutral, b.Red.Values[at] - neutral);

            // Levels are taken from the middle: sums of squares in single precision keep their digits.
            var level = ((y + z) / 2f) - neutral;
            sums[at] = new AreaSums(
                1, y - z, blueA - blueB, redA - redB, level, level * level, Math.Max((blueA * blueA) + (redA * redA), (blueB * blueB) + (redB * redB)));
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
