using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SearchEmulator.Vectors;

internal static class DotProduct
{
    /// <summary>
    /// Four independent sums, so that each multiplication need not wait for the one before it: this is what lets a scan run at the speed
    /// of the memory. TensorPrimitives.Dot keeps one sum and is bound by its latency.
    /// </summary>
    public static float Of(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        var width = Vector<float>.Count;
        var length = Math.Min(left.Length, right.Length);
        var (sum0, sum1, sum2, sum3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i <= length - (4 * width); i += 4 * width)
        {
            sum0 = Vector.FusedMultiplyAdd(Load(ref a, i), Load(ref b, i), sum0);
            sum1 = Vector.FusedMultiplyAdd(Load(ref a, i + width), Load(ref b, i + width), sum1);
            sum2 = Vector.FusedMultiplyAdd(Load(ref a, i + (2 * width)), Load(ref b, i + (2 * width)), sum2);
            sum3 = Vector.FusedMultiplyAdd(Load(ref a, i + (3 * width)), Load(ref b, i + (3 * width)), sum3);
        }

        for (; i <= length - width; i += width)
        {
            sum0 = Vector.FusedMultiplyAdd(Load(ref a, i), Load(ref b, i), sum0);
        }

        var total = Vector.Sum(sum0 + sum1 + (sum2 + sum3));
        for (; i < length; i++)
        {
            total += Unsafe.Add(ref a, i) * Unsafe.Add(ref b, i);
        }

        return total;
    }

    private static Vector<float> Load(ref float start, int offset) => Vector.LoadUnsafe(ref start, (nuint)offset);
}
