using SearchEmulator.Definitions;

namespace SearchEmulator.Vectors;

/// <summary>
/// Similarity to `@search.score`. For cosine this is the documented 1 / (1 + distance) with distance = 1 − cosine. The service does not
/// publish the formulas of the other metrics: theirs here only keep the order and stay between 0 and 1.
/// </summary>
internal static class VectorScore
{
    public static float Of(VectorMetric metric, float similarity) =>
        metric switch
        {
            VectorMetric.Cosine => (float)(1d / (2d - similarity)),
            VectorMetric.DotProduct => (float)(0.5 + (Math.Atan(similarity) / Math.PI)),
            // Here the similarity is the negated distance.
            _ => (float)(1d / (1d - similarity)),
        };
}
