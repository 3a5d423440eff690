using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Serverless.Imaging;

/// <summary>
/// The same sums with instructions that multiply pairs of 16-bit numbers. A 23-bit weight is split into a high and a low part of 12 bits,
/// so that nothing is rounded: results equal the plain loops' bit for bit.
/// </summary>
internal static partial class PillowResize
{
    private const int LowBits = 12;
    private const int MostTaps = 2000; // beyond that the sum of the low parts could exceed 32 bits

    private static bool CanUseAvx2(ResampleCoefficients coefficients) => Avx2.IsSupported && coefficients.Taps < MostTaps;

    /// <summary>For each output and each pair of taps: the low parts of both weights, repeated four times, then the high parts.</summary>
    private static short[] Pairs(ResampleCoefficients coefficients)
    {
        var perOutput = (coefficients.Taps + 1) / 2;
        var pairs = new short[coefficients.Starts.Length * perOutput * 16];
        for (var i = 0; i < coefficients.Starts.Length; i++)
        {
            for (var t = 0; t < coefficients.Counts[i]; t++)
            {
                var weight = coefficients.Weights[(i * coefficients.Taps) + t];
                var at = (((i * perOutput) + (t / 2)) * 16) + (t & 1);
                for (var copy = 0; copy < 8; copy += 2)
                {
                    pairs[at + copy] = (short)(weight & ((1 << LowBits) - 1));
                    pairs[at + copy + 8] = (short)(weight >> LowBits);
                }
            }
        }

        return pairs;
    }

    /// <summary>One row; <paramref name="source"/> must continue after it, because two pixels are read as eight bytes.</summary>
    private static void AcrossAvx2(ReadOnlySpan<byte> source, Span<byte> target, ResampleCoefficients across, short[] pairs)
    {
        var spread = Vector128.Create(0, 255, 3, 255, 1, 255, 4, 255, 2, 255, 5, 255, 255, 255, 255, 255).AsByte();
        var perOutput = (across.Taps + 1) / 2;
        ref var first = ref MemoryMarshal.GetReference(source);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(pairs);
        for (var x = 0; x < across.Starts.Length; x++)
        {
            var count = (across.Counts[x] + 1) / 2;
            var start = across.Starts[x] * 3;
            if (start + (count * 6) + 2 > source.Length)
            {
                Pixel(source, target, across, x);
                continue;
            }

            var (low, high) = (Vector128<int>.Zero, Vector128<int>.Zero);
            ref var weight = ref Unsafe.Add(ref weights, x * perOutput * 16);
            for (var pair = 0; pair < count; pair++)
            {
                var eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, start + (pair * 6)));
                var pixels = Ssse3.Shuffle(Vector128.CreateScalar(eight).AsByte(), spread).AsInt16();
                low += Sse2.MultiplyAddAdjacent(pixels, Vector128.LoadUnsafe(ref weight, (nuint)(pair * 16)));
                high += Sse2.MultiplyAddAdjacent(pixels, Vector128.LoadUnsafe(ref weight, (nuint)((pair * 16) + 8)));
            }

            var sum = Vector128.Create(Half) + low + (high << LowBits);
            target[3 * x] = Clip(sum[0]);
            target[(3 * x) + 1] = Clip(sum[1]);
            target[(3 * x) + 2] = Clip(sum[2]);
        }
    }

    /// <summary>One output row from its input rows, sixteen bytes at a time.</summary>
    /// <returns>The number of bytes done; the plain loop does the rest.</returns>
    private static int DownAvx2(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<int> weights, Span<byte> target)
    {
        ref var first = ref MemoryMarshal.GetReference(rows);
        var at = 0;
        for (; at + 16 <= stride; at += 16)
        {
            Vector256<int> lowA = default,
                lowB = default,
                highA = default,
                highB = default;
            for (var t = 0; t < weights.Length; t += 2)
            {
                var second = t + 1 < weights.Length ? t + 1 : t;
                var other = second > t ? weights[second] : 0;
                var low = Both(weights[t] & ((1 << LowBits) - 1), other & ((1 << LowBits) - 1));
                var high = Both(weights[t] >> LowBits, other >> LowBits);
                var a = Vector128.LoadUnsafe(ref first, (nuint)((t * stride) + at));
                var b = Vector128.LoadUnsafe(ref first, (nuint)((second * stride) + at));
                var front = Avx2.ConvertToVector256Int16(Sse2.UnpackLow(a, b));
                var back = Avx2.ConvertToVector256Int16(Sse2.UnpackHigh(a, b));
                lowA += Avx2.MultiplyAddAdjacent(front, low);
                highA += Avx2.MultiplyAddAdjacent(front, high);
                lowB += Avx2.MultiplyAddAdjacent(back, low);
                highB += Avx2.MultiplyAddAdjacent(back, high);
            }

            var half = Vector256.Create(Half);
            var sumA = (half + lowA + (highA << LowBits)) >> ResampleCoefficients.PrecisionBits;
            var sumB = (half + lowB + (highB << LowBits)) >> ResampleCoefficients.PrecisionBits;
            // Packing saturates, which does the clipping; it works per lane, so the permutation restores the order.
            var words = Avx2.Permute4x64(Avx2.PackSignedSaturate(sumA, sumB).AsInt64(), 0b11_01_10_00).AsInt16();
            Sse2.PackUnsignedSaturate(words.GetLower(), words.GetUpper()).CopyTo(target[at..]);
        }

        return at;
    }

    private static Vector256<short> Both(int even, int odd) => Vector256.Create((odd << 16) | (even & 0xFFFF)).AsInt16();
}
