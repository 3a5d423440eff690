namespace Serverless.Search;

/// <summary>An image that was found, and why.</summary>
/// <param name="Similarity">The cosine with the query; null where it is not known yet.</param>
/// <param name="Rank">Its place among the nearest, from 0; null where it is not among them.</param>
/// <param name="IsComplete">It has all words of the query.</param>
internal sealed record FusedHit(
    ImageDocument Document,
    double? Similarity,
    int? Rank,
    IReadOnlyList<Highlight> Highlights,
    bool IsComplete
);
