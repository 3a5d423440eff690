namespace Serverless.Duplicates;

/// <summary>The straight line that takes the values of one picture to those of another: brightness and contrast.</summary>
internal struct LinearFit
{
    private double count;
    private double sumA;
    private double sumB;
    private double squaresA;
    private double squaresB;
    private double products;

    public readonly double Gain => VarianceA <= 1e-9 ? 0 : Covariance / VarianceA;

    public readonly double Offset => (sumB - (Gain * sumA)) / count;

    /// <summary>In [-1, 1]; 0 where one side does not vary.</summary>
    public readonly double Correlation => VarianceA <= 1e-9 || VarianceB <= 1e-9 ? 0 : Covariance / Math.Sqrt(VarianceA * VarianceB);

    private readonly double VarianceA => (squaresA / count) - (sumA / count * (sumA / count));

    private readonly double VarianceB => (squaresB / count) - (sumB / count * (sumB / count));

    private readonly double Covariance => (products / count) - (sumA / count * (sumB / count));

    public void Add(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        for (var index = 0; index < a.Length; index++)
        {
            double x = a[index], y = b[index];
            sumA += x;
            sumB += y;
            squaresA += x * x;
            squaresB += y * y;
            products += x * y;
        }

        count += a.Length;
    }
}
