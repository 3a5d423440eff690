using Serverless.Embeddings;

namespace Serverless.Search;

/// <summary>Tells whether a search has found what was meant, or only what is least unlike it.</summary>
internal static class Clarity
{
    private const int Compared = 10;

    /// <param name="nearest">By vector, best first; the words alone made the vector.</param>
    /// <returns>Null where the model was not measured, or nothing was found.</returns>
    public static bool? Of(TextClarity? model, IReadOnlyList<Neighbour> nearest) =>
        model is null || nearest.Count == 0
            ? null
            : nearest[0].Similarity >= model.Similarity
                || (nearest.Count >= Compared && nearest[0].Similarity - nearest[Compared - 1].Similarity >= model.Lead);
}
