using Serverless.Embeddings;

namespace Serverless.Search;

/// <summary>Decides whether a search found what was meant, or only the least dissimilar images.</summary>
internal static class Clarity
{
    private const int Compared = 10;

    /// <param name="nearest">By vector, best first; the vector must come from words alone.</param>
    /// <returns>Null if the model is not calibrated, or nothing was found.</returns>
    public static bool? Of(TextClarity? model, IReadOnlyList<Neighbour> nearest) =>
        model is null || nearest.Count == 0
            ? null
            : nearest[0].Similarity >= model.Similarity
                || (nearest.Count >= Compared && nearest[0].Similarity - nearest[Compared - 1].Similarity >= model.Lead);
}
