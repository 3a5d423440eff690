using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Serverless.Duplicates;

/// <summary>What 8 × 8 points of two pictures have in common.</summary>
/// <param name="MeanA">Mean of the one.</param>
/// <param name="MeanB">Mean of the other.</param>
/// <param name="VarianceA">Variance of the one.</param>
/// <param name="VarianceB">Variance of the other.</param>
/// <param name="Covariance">Of both.</param>
internal readonly record struct Block(double MeanA, double MeanB, double VarianceA, double VarianceB, double Covariance)
{
    public const int Side = 8;

    /// <summary>Values are summed from here: float32 sums of squares keep their digits.</summary>
    private const float Middle = 128;

    /// <summary>Variance below which nothing is there to compare.</summary>
    private const double Least = 1e-6;

    private const double MostGain = 3;

    /// <summary>The larger variance.</summary>
    public double Variance => Math.Max(VarianceA, VarianceB);

    /// <summary>Mean squared difference.</summary>
    public double Difference => Math.Max(0, VarianceA + VarianceB - (2 * Covariance)) + ((MeanA - MeanB) * (MeanA - MeanB));

    /// <summary>What of the larger variance no brightness and contrast of the block's own accounts for.</summary>
    public double Unexplained =>
        Covariance <= 0 || VarianceA < Least || VarianceB < Least
            ? Variance
            : (1 - (Covariance * Covariance / (VarianceA * VarianceB))) * Variance;

    /// <summary>Brightness and contrast of the block's own, from the one to the other.</summary>
    public (double Gain, double Offset) Line
    {
        get
        {
            var gain = VarianceA < Least ? 1 : Math.Clamp(Covariance / VarianceA, 1 / MostGain, MostGain);
            return (gain, MeanB - (gain * MeanA));
        }
    }

    /// <summary>The block that begins at <paramref name="start"/> in pictures of <paramref name="stride"/> points a row.</summary>
    public static Block Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int start, int stride)
    {
        ref var pointsA = ref MemoryMarshal.GetReference(a);
        ref var pointsB = ref MemoryMarshal.GetReference(b);
        var sums = default((Vector256<float> A, Vector256<float> B, Vector256<float> Aa, Vector256<float> Bb, Vector256<float> Ab));
        var middle = Vector256.Create(Middle);
        for (var row = 0; row < Side; row++)
        {
            var at = (nuint)(start + (row * stride));
            var (x, y) = (Vector256.LoadUnsafe(ref pointsA, at) - middle, Vector256.LoadUnsafe(ref pointsB, at) - middle);
            sums = (sums.A + x, sums.B + y, sums.Aa + (x * x), sums.Bb + (y * y), sums.Ab + (x * y));
        }

        const double count = Side * Side;
        var (meanA, meanB) = (Vector256.Sum(sums.A) / count, Vector256.Sum(sums.B) / count);
        return new Block(
            meanA + Middle,
            meanB + Middle,
            Math.Max(0, (Vector256.Sum(sums.Aa) / count) - (meanA * meanA)),
            Math.Max(0, (Vector256.Sum(sums.Bb) / count) - (meanB * meanB)),
            (Vector256.Sum(sums.Ab) / count) - (meanA * meanB)
        );
    }
}
