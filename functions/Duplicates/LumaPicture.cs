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
        var across = new float[Side * Side];
        for (var row = 0; row < Side; row++)
        {
            var from = luma.Slice(row * Side, Side);
            var to = across.AsSpan(row * Side, Side);
            to[0] = from[0];
            to[^1] = from[^1];
            for (var x = 1; x < Side - 1; x++)
            {
                to[x] = (from[x - 1] + (2 * from[x]) + from[x + 1]) / 4f;
            }
        }

        var smooth = (float[])across.Clone();
        for (var row = 1; row < Side - 1; row++)
        {
            var above = across.AsSpan((row - 1) * Side, Side);
            var here = across.AsSpan(row * Side, Side);
            var below = across.AsSpan((row + 1) * Side, Side);
            var to = smooth.AsSpan(row * Side, Side);
            for (var x = 0; x < Side; x++)
            {
                to[x] = (above[x] + (2 * here[x]) + below[x]) / 4;
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
            for (var x = 0; x < half; x++)
            {
                var at = (2 * y * side) + (2 * x);
                result[(y * half) + x] = (picture[at] + picture[at + 1] + picture[at + side] + picture[at + side + 1]) / 4;
            }
        }

        return result;
    }
}
