namespace Local.Calibration;

/// <summary>The effect of one threshold on the pairs of a sample.</summary>
/// <param name="Threshold">The cosine.</param>
/// <param name="Recall">Copies found by vectors and pixels.</param>
/// <param name="Wrong">Pairs of different pictures that vectors and pixels call copies.</param>
/// <param name="RecallByVectors">Copies at or above the threshold.</param>
/// <param name="WrongByVectors">Pairs of different pictures at or above the threshold.</param>
internal sealed record ThresholdFigures(
    double Threshold,
    Proportion Recall,
    Proportion Wrong,
    Proportion RecallByVectors,
    Proportion WrongByVectors
)
{
    /// <summary>The share of true copies among the pairs called copies, in the drawn mix.</summary>
    public double Precision => PrecisionOf(Recall, Wrong);

    public double PrecisionByVectors => PrecisionOf(RecallByVectors, WrongByVectors);

    private static double PrecisionOf(Proportion right, Proportion wrong) =>
        right.Count + wrong.Count == 0 ? double.NaN : (double)right.Count / (right.Count + wrong.Count);
}
