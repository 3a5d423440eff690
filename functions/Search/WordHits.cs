namespace Serverless.Search;

/// <summary>An image found by words.</summary>
/// <param name="Highlights">The positions of the words; null if not requested.</param>
internal sealed record WordHit(ImageDocument Document, Completeness Completeness, IReadOnlyList<Highlight>? Highlights = null)
{
    public string Id => Document.Key;

    /// <summary>The page that has the words, where the document is its sheet's.</summary>
    public ImageDocument? Page { get; init; }
}

/// <summary>The images found by words, best first: those with all of them as whole words, those with all of them, the others.</summary>
internal sealed record WordHits(IReadOnlyList<WordHit> All)
{
    public IEnumerable<WordHit> Of(Completeness completeness) => All.Where(hit => hit.Completeness == completeness);
}
