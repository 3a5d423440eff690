using Serverless.Images;

namespace Local.Calibration;

/// <summary>Two pictures of which it is known whether one is a copy of the other.</summary>
/// <param name="A">The name of the one.</param>
/// <param name="B">What was made of it, or the name of the other.</param>
/// <param name="IsCopy">Whether it was made of it.</param>
/// <param name="Similarity">Cosine of the two.</param>
/// <param name="Pixels">What the pixels say; null where they were not looked at.</param>
internal sealed record ComparedPair(string A, string B, bool IsCopy, double Similarity, PixelVerdict? Pixels)
{
    /// <summary>Whether the gate would quarantine at this threshold, candidates being looked at from another on.</summary>
    public bool IsQuarantined(double threshold, double candidates) =>
        Pixels switch
        {
            PixelVerdict.Same => Similarity >= Math.Min(threshold, candidates),
            PixelVerdict.Agree => Similarity >= threshold,
            _ => false,
        };
}
