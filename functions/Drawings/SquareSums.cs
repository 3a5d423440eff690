namespace Serverless.Drawings;

/// <summary>Sums over the square around any point, at the price of four additions.</summary>
internal sealed class SquareSums
{
    private readonly long[] sums;
    private readonly int width;
    private readonly int height;

    public SquareSums(int width, int height, Func<int, int> value)
    {
        (this.width, this.height, sums) = (width, height, new long[(width + 1) * (height + 1)]);
        for (var y = 0; y < height; y++)
        {
            var row = 0L;
            for (var x = 0; x < width; x++)
            {
                row += value((y * width) + x);
                sums[((y + 1) * (width + 1)) + x + 1] = sums[(y * (width + 1)) + x + 1] + row;
            }
        }
    }

    /// <summary>The part of the square that is within the picture.</summary>
    public long Around(int at, int radius)
    {
        var (x, y) = (at % width, at / width);
        var (left, right) = (Math.Max(0, x - radius), Math.Min(width, x + radius + 1));
        var (top, bottom) = (Math.Max(0, y - radius) * (width + 1), Math.Min(height, y + radius + 1) * (width + 1));
        return sums[bottom + right] - sums[top + right] - sums[bottom + left] + sums[top + left];
    }
}
