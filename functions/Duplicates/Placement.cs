namespace Serverless.Duplicates;

/// <summary>Which part of a picture is meant: its size and the place of its upper left corner, as shares of the whole.</summary>
internal readonly record struct Placement(double ScaleX, double ScaleY, double X, double Y)
{
    public static Placement Whole { get; } = new(1, 1, 0, 0);

    /// <summary>
    /// Reads the part at <paramref name="side"/> × <paramref name="side"/> points from a picture of as many, bilinear. What lies
    /// outside is the nearest point inside.
    /// </summary>
    public void Sample(ReadOnlySpan<float> picture, int side, Span<float> output)
    {
        Span<int> left = stackalloc int[side];
        Span<float> share = stackalloc float[side];
        for (var x = 0; x < side; x++)
        {
            (left[x], share[x]) = At(x, side, ScaleX, X);
        }

        for (var y = 0; y < side; y++)
        {
            var (top, down) = At(y, side, ScaleY, Y);
            var upper = picture.Slice(top * side, side);
            var lower = picture.Slice((top + 1) * side, side);
            var row = output.Slice(y * side, side);
            for (var x = 0; x < side; x++)
            {
                var at = left[x];
                var above = upper[at] + ((upper[at + 1] - upper[at]) * share[x]);
                var below = lower[at] + ((lower[at + 1] - lower[at]) * share[x]);
                row[x] = above + ((below - above) * down);
            }
        }
    }

    private static (int Before, float Share) At(int index, int side, double scale, double start)
    {
        var place = Math.Clamp(((start * side) + ((index + 0.5) * scale)) - 0.5, 0, side - 1);
        var before = Math.Min((int)place, side - 2);
        return (before, (float)(place - before));
    }
}
