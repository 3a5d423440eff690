namespace Serverless.Search;

/// <summary>A found image, and why it was found.</summary>
/// <param name="Similarity">The cosine with the query; null if not known yet.</param>
/// <param name="Rank">Its rank among the nearest, from 0; null if it is not among them.</param>
internal sealed record FusedHit(ImageDocument Document, double? Similarity, int? Rank)
{
    public string Id => Document.Key;

    /// <summary>The page or tile that was found; null for an image as a whole.</summary>
    public ImageDocument? Part { get; init; } = Document.Sheet is null ? null : Document;

    /// <summary>Further parts of the same sheet, best first.</summary>
    public IReadOnlyList<Neighbour> Others { get; init; } = [];

    public static FusedHit Of(Neighbour neighbour, int rank) =>
        new(neighbour.Document, neighbour.Similarity, rank) { Others = neighbour.Others };

    /// <summary>It has words of the query.</summary>
    public bool HasWords { get; init; }

    /// <summary>It has all of them.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The positions of the words; null until requested.</summary>
    public IReadOnlyList<Highlight>? Highlights { get; init; }
}
