using Azure.Search.Documents;
using Azure.Search.Documents.Models;
using Serverless.Telemetry;

namespace Serverless.Search;

/// <summary>The images found by words, each list best first.</summary>
/// <param name="Complete">Images with all the words.</param>
/// <param name="Begun">Images with all the words or prefixes of them; may include the complete ones.</param>
/// <param name="Some">Images with some of them; may include the others.</param>
internal sealed record WordHits(
    IReadOnlyList<ImageDocument> Complete,
    IReadOnlyList<ImageDocument> Begun,
    IReadOnlyList<ImageDocument> Some
);

/// <summary>Finds images by their text.</summary>
internal sealed class WordIndex(SearchClient documents)
{
    public async Task<WordHits> FindAsync(WordQuery query, int count, string? filter, CancellationToken cancellation)
    {
        var some = FindAsync(query.Any, count, filter, cancellation);
        var begun = query.Begun is { } beginnings ? FindAsync(beginnings, count, filter, cancellation) : some;
        return new WordHits(await FindAsync(query.All, count, filter, cancellation), await begun, await some);
    }

    /// <param name="query">In full Lucene syntax, of <see cref="WordQuery"/>.</param>
    /// <param name="order">A field and its direction, such as <c>bytes desc</c>; null for best first.</param>
    public async Task<IReadOnlyList<ImageDocument>> FindAsync(
        string query,
        int count,
        string? filter,
        CancellationToken cancellation,
        string? order = null
    )
    {
        using var step = Step.Search.Begin("words");
        var options = Options(count, filter);
        foreach (var field in order is null ? Array.Empty<string>() : [order, "path asc"])
        {
            options.OrderBy.Add(field);
        }

        var found = await documents.ReadAsync(query, options, ImageDocument.Told, cancellation);
        return [.. found.Select(result => result.Document)];
    }

    /// <summary>
    /// The positions of the words in given images, by id. The service rereads their texts for this, so ask only for the images shown.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<Highlight>>> HighlightsAsync(
        WordQuery query,
        IReadOnlyCollection<string> ids,
        CancellationToken cancellation
    )
    {
        if (ids.Count == 0)
        {
            return new Dictionary<string, IReadOnlyList<Highlight>>();
        }

        using var step = Step.Search.Begin("highlights");
        var options = Options(ids.Count, DocumentReading.In(ids));
        options.HighlightPreTag = $"{Highlight.Before}";
        options.HighlightPostTag = $"{Highlight.After}";
        foreach (var field in Highlight.Wanted)
        {
            options.HighlightFields.Add(field);
        }

        return (await documents.ReadAsync(query.Any, options, ["id"], cancellation)).ToDictionary(
            result => result.Document.Id,
            result => Highlight.Of(result.Highlights),
            StringComparer.Ordinal
        );
    }

    private static Azure.Search.Documents.SearchOptions Options(int count, string? filter) =>
        new()
        {
            Size = count,
            Filter = filter,
            QueryType = SearchQueryType.Full,
            SearchMode = SearchMode.Any,
        };
}
