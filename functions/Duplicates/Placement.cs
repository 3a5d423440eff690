namespace Serverless.Duplicates;

/// <summary>Which part of a picture is meant: its size and the place of its upper left corner, as shares of the whole.</summary>
internal readonly record struct Placement(double ScaleX, double ScaleY, double X, double Y)
{
    public static Placement Whole { get; } = new(1, 1, 0, 0);

    /// <summary>Half a point at 64 points a side: registration goes to the same place from both.</summary>
    private const double Near = 0.5 / 64;

    public bool IsNear(Placement other) =>
        Math.Abs(ScaleX - other.ScaleX) < Near
        && Math.Abs(ScaleY - other.ScaleY) < Near
        && Math.Abs(X - other.X) < Near
        && Math.Abs(Y - other.Y) < Near;

    /// <summary>
    /// Reads the part at <paramref name="side"/> × <paramref name="side"/> points from a picture of as many; a side is a multiple of 8.
    /// </summary>
    public void Sample(ReadOnlySpan<float> picture, int side, Span<float> output)
    {
        if (this == Whole)
        {
            picture.CopyTo(output);
            return;
        }

        Span<int> left = stackalloc int[side];
        Span<float> right = stackalloc float[side];
        Span<int> top = stackalloc int[side];
        Span<float> down = stackalloc float[side];
        Resampling.Place(ScaleX, X, left, right);
        Resampling.Place(ScaleY, Y, top, down);

        // Each row of the picture is read across once: the row below is the row above of the next, as a rule.
        Span<float> upper = stackalloc float[side];
        Span<float> lower = stackalloc float[side];
        var (upperRow, lowerRow) = (-1, -1);
        for (var y = 0; y < side; y++)
        {
            if (top[y] == lowerRow)
            {
                lower.CopyTo(upper);
                upperRow = lowerRow;
            }

            if (top[y] != upperRow)
            {
                upperRow = top[y];
                Resampling.Across(picture.Slice(upperRow * side, side), left, right, upper);
            }

            if (top[y] + 1 != lowerRow)
            {
                lowerRow = top[y] + 1;
                Resampling.Across(picture.Slice(lowerRow * side, side), left, right, lower);
            }

            Resampling.Between(upper, lower, down[y], output.Slice(y * side, side));
        }
    }
}
