namespace Serverless.Search;

/// <summary>An image that was found, and why.</summary>
/// <param name="Similarity">The cosine with the query; null where it is not known yet.</param>
/// <param name="Rank">Its place among the nearest, from 0; null where it is not among them.</param>
internal sealed record FusedHit(ImageDocument Document, double? Similarity, int? Rank)
{
    public string Id => Document.Id;

    /// <summary>It has words of the query.</summary>
    public bool HasWords { get; init; }

    /// <summary>It has all of them.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Where they stand; empty until that is asked.</summary>
    public IReadOnlyList<Highlight> Highlights { get; init; } = [];
}
