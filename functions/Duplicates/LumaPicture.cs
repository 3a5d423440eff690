using Serverless.Imaging;

namespace Serverless.Duplicates;

/// <summary>A luma picture at 128, 64, 32 and 16 points a side, slightly smoothed, as the comparison reads it.</summary>
internal sealed class LumaPicture
{
    public const int Side = Fingerprint.Side;
    public const int CoarseSide = 16;

    private readonly float[][] levels = new float[4][];

    public LumaPicture(ReadOnlySpan<byte> luma)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(luma.Length, Side * Side);
        levels[0] = Smooth(luma);
        for (var level = 1; level < levels.Length; level++)
        {
            levels[level] = Halve(levels[level - 1], Side >> (level - 1));
        }
    }

    /// <summary>The picture at <paramref name="side"/> points a side: 128, 64, 32 or 16.</summary>
    public ReadOnlySpan<float> At(int side) => levels[System.Numerics.BitOperations.Log2((uint)(Side / side))];

    /// <summary>A weighted mean with the neighbours, 1-2-1 both ways: a crop, shown over the whole area, has less detail than its original.</summary>
    private static float[] Smooth(ReadOnlySpan<byte> luma)
    {
        // Down first, on whole rows at once; the first and the last row and column are their own neighbours' only.
        var smooth = new float[Side * Side];
        Span<int> down = stackalloc int[Side];
        for (var row = 0; row < Side; row++)
        {
            var from = luma.Slice(row * Side, Side);
            var to = smooth.AsSpan(row * Side, Side);
            var isEdge = row is 0 or Side - 1;
            var above = isEdge ? from : luma.Slice((row - 1) * Side, Side);
            var below = isEdge ? from : luma.Slice((row + 1) * Side, Side);
            for (var x = 0; x < Side; x++)
            {
                down[x] = above[x] + (2 * from[x]) + below[x];
            }

            to[0] = down[0] / 4f;
            to[^1] = down[^1] / 4f;
            for (var x = 1; x < Side - 1; x++)
            {
                to[x] = (down[x - 1] + (2 * down[x]) + down[x + 1]) / 16f;
            }
        }

        return smooth;
    }

    private static float[] Halve(float[] picture, int side)
    {
        var half = side / 2;
        var result = new float[half * half];
        for (var y = 0; y < half; y++)
        {
            var upper = picture.AsSpan(2 * y * side, side);
            var lower = picture.AsSpan(((2 * y) + 1) * side, side);
            for (var x = 0; x < half; x++)
            {
                result[(y * half) + x] = (upper[2 * x] + upper[(2 * x) + 1] + lower[2 * x] + lower[(2 * x) + 1]) / 4;
            }
        }

        return result;
    }
}
