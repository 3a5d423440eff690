using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Serverless.Duplicates;

/// <summary>
/// One Gauss-Newton step of a registration as a linear system: six unknowns, six rows of six coefficients and a right side.
/// </summary>
internal static class NormalEquations
{
    /// <summary>Shift both ways in points, scale both ways about the middle, brightness, contrast.</summary>
    public const int Unknowns = 6;

    public const int Width = Unknowns + 1;
    public const int Size = Unknowns * Width;

    /// <summary>Points at the edge that are not looked at: a border shines into them.</summary>
    private const int EdgeLeftOut = 2;

    private const int Lanes = 8;
    private const int Products = Unknowns * (Unknowns + 3) / 2;

    private static readonly Vector256<float> Ascending = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
    private static readonly Vector256<float> LeftEdge = Vector256.Create(0f, 0, 1, 1, 1, 1, 1, 1);
    private static readonly Vector256<float> RightEdge = Vector256.Create(1f, 1, 1, 1, 1, 1, 0, 0);

    /// <summary>
    /// Sums over all points, eight at a time, weighted by (1 + (error / limit)²)⁻² with twice the mean error as the limit.
    /// A side is a multiple of 8, and more than 8.
    /// </summary>
    public static void Accumulate(
        ReadOnlySpan<float> sample,
        ReadOnlySpan<float> target,
        int side,
        double gain,
        double offset,
        Span<double> normal
    )
    {
        var (gains, offsets) = (Vector256.Create((float)gain), Vector256.Create((float)offset));
        var limit = Math.Max(6, 2 * MeanError(sample, target, gains, offsets));
        var perLimit = Vector256.Create((float)(1 / limit));
        var middle = side / 2f;
        Span<Vector256<float>> sums = stackalloc Vector256<float>[Products];
        Span<Vector256<float>> row = stackalloc Vector256<float>[Width];
        sums.Clear();
        row[5] = Vector256<float>.One;
        ref var points = ref MemoryMarshal.GetReference(sample);
        ref var targets = ref MemoryMarshal.GetReference(target);
        for (var y = EdgeLeftOut; y < side - EdgeLeftOut; y++)
        {
            for (var x = 0; x < side; x += Lanes)
            {
                var at = (nuint)((y * side) + x);
                var here = Vector256.LoadUnsafe(ref points, at);
                var error = Vector256.LoadUnsafe(ref targets, at) - (gains * here) - offsets;
                var relative = error * perLimit;
                var weight = Vector256<float>.One / (Vector256<float>.One + (relative * relative));
                weight *= weight;
                weight =
                    x == 0 ? weight * LeftEdge
                    : x == side - Lanes ? weight * RightEdge
                    : weight;
                row[0] = gains * (Vector256.LoadUnsafe(ref points, at + 1) - Vector256.LoadUnsafe(ref points, at - 1)) * 0.5f;
                row[1] =
                    gains
                    * (Vector256.LoadUnsafe(ref points, at + (nuint)side) - Vector256.LoadUnsafe(ref points, at - (nuint)side))
                    * 0.5f;
                row[2] = row[0] * (Ascending + Vector256.Create(x + 0.5f - middle));
                row[3] = row[1] * (y + 0.5f - middle);
                row[4] = here;
                row[6] = error;
                Add(row, weight, sums);
            }
        }

        Fill(sums, normal);
    }

    private static void Add(ReadOnlySpan<Vector256<float>> row, Vector256<float> weight, Span<Vector256<float>> sums)
    {
        ref var terms = ref MemoryMarshal.GetReference(row);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        for (var i = 0; i < Unknowns; i++)
        {
            var weighted = weight * System.Runtime.CompilerServices.Unsafe.Add(ref terms, i);
            for (var j = i; j <= Unknowns; j++)
            {
                sum = Vector256.FusedMultiplyAdd(weighted, System.Runtime.CompilerServices.Unsafe.Add(ref terms, j), sum);
                sum = ref System.Runtime.CompilerServices.Unsafe.Add(ref sum, 1);
            }
        }
    }

    private static void Fill(ReadOnlySpan<Vector256<float>> sums, Span<double> normal)
    {
        var at = 0;
        for (var i = 0; i < Unknowns; i++)
        {
            for (var j = i; j <= Unknowns; j++)
            {
                normal[(i * Width) + j] = Vector256.Sum(sums[at++]);
            }

            for (var j = 0; j < i; j++)
            {
                normal[(i * Width) + j] = normal[(j * Width) + i];
            }
        }
    }

    private static double MeanError(ReadOnlySpan<float> sample, ReadOnlySpan<float> target, Vector256<float> gain, Vector256<float> offset)
    {
        var points = MemoryMarshal.Cast<float, Vector256<float>>(sample);
        var targets = MemoryMarshal.Cast<float, Vector256<float>>(target);
        var sum = Vector256<float>.Zero;
        for (var at = 0; at < points.Length; at++)
        {
            sum += Vector256.Abs(targets[at] - (gain * points[at]) - offset);
        }

        return Vector256.Sum(sum) / sample.Length;
    }
}
