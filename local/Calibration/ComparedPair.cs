using Serverless.Images;

namespace Local.Calibration;

/// <summary>Two pictures, known to be copies or not.</summary>
/// <param name="A">The name of the first.</param>
/// <param name="B">The transform that made it, or the name of the second.</param>
/// <param name="IsCopy">Whether B was made from A.</param>
/// <param name="Similarity">Cosine of the two.</param>
/// <param name="Pixels">The verdict of the pixels; null if they were not compared.</param>
internal sealed record ComparedPair(string A, string B, bool IsCopy, double Similarity, PixelVerdict? Pixels)
{
    /// <summary>Whether the app would quarantine it with this threshold and candidate threshold.</summary>
    public bool IsQuarantined(double threshold, double candidates) =>
        Pixels switch
        {
            PixelVerdict.Same => Similarity >= Math.Min(threshold, candidates),
            PixelVerdict.Agree => Similarity >= threshold,
            _ => false,
        };
}
