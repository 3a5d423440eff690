using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>Halves a plane: each point the mean of 2 × 2. An odd last row or column stands for two.</summary>
internal static class PlaneHalving
{
    private const int Step = 16;

    public static Plane Halve(Plane plane)
    {
        var half = new Plane((plane.Width + 1) / 2, (plane.Height + 1) / 2);
        for (var y = 0; y < half.Height; y++)
        {
            var upper = plane.Row(2 * y);
            Halve(upper, (2 * y) + 1 < plane.Height ? plane.Row((2 * y) + 1) : upper, half.WritableRow(y));
        }

        return half;
    }

    private static void Halve(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> half)
    {
        var x = 0;
        ref var above = ref MemoryMarshal.GetReference(upper);
        ref var below = ref MemoryMarshal.GetReference(lower);
        var low = Vector256.Create((ushort)0x00FF);
        for (; x + Step <= upper.Length / 2; x += Step)
        {
            var a = Vector256.LoadUnsafe(ref above, (nuint)(2 * x)).AsUInt16();
            var b = Vector256.LoadUnsafe(ref below, (nuint)(2 * x)).AsUInt16();
            var sum = (a & low) + (a >>> 8) + (b & low) + (b >>> 8) + Vector256.Create((ushort)2);
            Vector128.Narrow((sum >>> 2).GetLower(), (sum >>> 2).GetUpper()).CopyTo(half[x..]);
        }

        for (; x < half.Length; x++)
        {
            var right = Math.Min((2 * x) + 1, upper.Length - 1);
            half[x] = (byte)((upper[2 * x] + upper[right] + lower[2 * x] + lower[right] + 2) / 4);
        }
    }
}
