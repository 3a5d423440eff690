using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>The cosine transform of 8 × 8 points as JPEG has it, and its inverse.</summary>
internal static class BlockTransform
{
    public const int Side = 8;
    public const int Points = Side * Side;

    private static readonly float[] Waves = Made((wave, x) => Cosine(wave, x));
    private static readonly float[] Turned = Made((x, wave) => Cosine(wave, x));

    /// <summary>From points, row by row, to coefficients.</summary>
    public static void Forth(ReadOnlySpan<float> points, Span<float> coefficients) => Multiply(Waves, points, Turned, coefficients);

    /// <summary>From coefficients to points.</summary>
    public static void Back(ReadOnlySpan<float> coefficients, Span<float> points) => Multiply(Turned, coefficients, Waves, points);

    /// <summary>The product of three matrices of 8 × 8, eight numbers of a row at once.</summary>
    private static void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> values, ReadOnlySpan<float> right, Span<float> result)
    {
        Span<float> between = stackalloc float[Points];
        Multiply(left, values, between);
        Multiply(between, right, result);
    }

    private static void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> result)
    {
        ref var rows = ref MemoryMarshal.GetReference(right);
        ref var to = ref MemoryMarshal.GetReference(result);
        for (var row = 0; row < Side; row++)
        {
            var sum = Vector256<float>.Zero;
            for (var at = 0; at < Side; at++)
            {
                sum += left[(row * Side) + at] * Vector256.LoadUnsafe(ref rows, (nuint)(at * Side));
            }

            sum.StoreUnsafe(ref to, (nuint)(row * Side));
        }
    }

    private static float[] Made(Func<int, int, double> value) =>
        [.. Enumerable.Range(0, Points).Select(at => (float)value(at / Side, at % Side))];

    private static double Cosine(int wave, int x) =>
        (wave == 0 ? Math.Sqrt(0.5) : 1) / 2 * Math.Cos(((2 * x) + 1) * wave * Math.PI / (2 * Side));
}
