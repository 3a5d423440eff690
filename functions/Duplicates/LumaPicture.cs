using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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

    /// <summary>
    /// A weighted mean with the neighbours, 1-2-1 both ways: a crop, shown over the whole area, has less detail than its original.
    /// </summary>
    private static float[] Smooth(ReadOnlySpan<byte> luma)
    {
        // Down first, then across. The first and the last row and column are averaged along themselves only.
        var smooth = new float[Side * Side];
        Span<float> down = stackalloc float[Side + 2];
        for (var row = 0; row < Side; row++)
        {
            var from = luma.Slice(row * Side, Side);
            var isEdge = row is 0 or Side - 1;
            Down(isEdge ? from : luma.Slice((row - 1) * Side, Side), from, isEdge ? from : luma.Slice((row + 1) * Side, Side), down[1..^1]);
            var to = smooth.AsSpan(row * Side, Side);
            Across(down, to);
            (to[0], to[^1]) = (down[1] / 4, down[^2] / 4);
        }

        return smooth;
    }

    private static void Down(ReadOnlySpan<byte> above, ReadOnlySpan<byte> here, ReadOnlySpan<byte> below, Span<float> sums)
    {
        for (var x = 0; x < sums.Length; x += Vector128<byte>.Count)
        {
            var (aboveLow, aboveHigh) = Vector128.Widen(Vector128.Create(above.Slice(x, Vector128<byte>.Count)));
            var (hereLow, hereHigh) = Vector128.Widen(Vector128.Create(here.Slice(x, Vector128<byte>.Count)));
            var (belowLow, belowHigh) = Vector128.Widen(Vector128.Create(below.Slice(x, Vector128<byte>.Count)));
            Write(aboveLow + hereLow + hereLow + belowLow, sums[x..]);
            Write(aboveHigh + hereHigh + hereHigh + belowHigh, sums[(x + Vector128<ushort>.Count)..]);
        }
    }

    private static void Write(Vector128<ushort> sums, Span<float> to)
    {
        var (low, high) = Vector128.Widen(sums);
        Vector256.Create(Vector128.ConvertToSingle(low.AsInt32()), Vector128.ConvertToSingle(high.AsInt32())).CopyTo(to);
    }

    private static void Across(ReadOnlySpan<float> sums, Span<float> row)
    {
        ref var from = ref MemoryMarshal.GetReference(sums);
        for (var x = 0; x < row.Length; x += Vector256<float>.Count)
        {
            var (left, here, right) = (
                Vector256.LoadUnsafe(ref from, (nuint)x),
                Vector256.LoadUnsafe(ref from, (nuint)x + 1),
                Vector256.LoadUnsafe(ref from, (nuint)x + 2)
            );
            ((left + here + here + right) * (1 / 16f)).CopyTo(row[x..]);
        }
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
