using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Serverless.Duplicates;

/// <summary>The straight line that takes the values of one picture to those of another: brightness and contrast.</summary>
internal struct LinearFit
{
    /// <summary>Values are summed from here: float32 sums of squares keep their digits.</summary>
    private const float Middle = 128;

    private double count;
    private double sumA;
    private double sumB;
    private double squaresA;
    private double squaresB;
    private double products;

    public readonly double Gain => VarianceA <= 1e-9 ? 0 : Covariance / VarianceA;

    public readonly double Offset => Middle - (Gain * Middle) + ((sumB - (Gain * sumA)) / count);

    /// <summary>In [-1, 1]; 0 where one side does not vary.</summary>
    public readonly double Correlation =>
        VarianceA <= 1e-9 || VarianceB <= 1e-9 ? 0 : Math.Clamp(Covariance / Math.Sqrt(VarianceA * VarianceB), -1, 1);

    private readonly double VarianceA => (squaresA / count) - (sumA / count * (sumA / count));

    private readonly double VarianceB => (squaresB / count) - (sumB / count * (sumB / count));

    private readonly double Covariance => (products / count) - (sumA / count * (sumB / count));

    public static LinearFit Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var fit = new LinearFit();
        fit.Add(a, b);
        return fit;
    }

    /// <summary>Adds pairs of values, a multiple of 8.</summary>
    public void Add(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var x = MemoryMarshal.Cast<float, Vector256<float>>(a);
        var y = MemoryMarshal.Cast<float, Vector256<float>>(b);
        var sums = default((Vector256<float> A, Vector256<float> B, Vector256<float> Aa, Vector256<float> Bb, Vector256<float> Ab));
        for (var at = 0; at < x.Length; at++)
        {
            var (u, v) = (x[at] - Vector256.Create(Middle), y[at] - Vector256.Create(Middle));
            sums = (sums.A + u, sums.B + v, sums.Aa + (u * u), sums.Bb + (v * v), sums.Ab + (u * v));
        }

        sumA += Vector256.Sum(sums.A);
        sumB += Vector256.Sum(sums.B);
        squaresA += Vector256.Sum(sums.Aa);
        squaresB += Vector256.Sum(sums.Bb);
        products += Vector256.Sum(sums.Ab);
        count += a.Length;
    }
}
