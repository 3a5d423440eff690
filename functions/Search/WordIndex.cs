using Azure.Search.Documents;
using Azure.Search.Documents.Models;
using Serverless.Telemetry;

namespace Serverless.Search;

/// <summary>Finds images by their text.</summary>
internal sealed class WordIndex(SearchClient documents, string[] fields)
{
    public WordIndex(SearchClient documents)
        : this(documents, ImageDocument.Told) { }

    /// <summary>More results than this are not worth highlighting before it is known which are shown.</summary>
    private const int MostHighlighted = 100;

    /// <summary>One request answers for all of the words, their prefixes and some of them: the scores tell which.</summary>
    public async Task<WordHits> FindAsync(WordQuery query, int count, string? filter, CancellationToken cancellation)
    {
        using var step = Step.Search.Begin("words");
        var options = Options(count, filter);
        var highlights = count <= MostHighlighted;
        if (highlights)
        {
            Highlight.Request(options);
        }

        var found = await documents.ReadAsync(query.Ranked, options, fields, cancellation);
        return new WordHits([
            .. found.Select(result => new WordHit(
                result.Document,
                query.Of(result.Score ?? 0),
                highlights ? Highlight.Of(result.Highlights) : null
            )),
        ]);
    }

    /// <param name="query">In full Lucene syntax, of <see cref="WordQuery"/>.</param>
    /// <param name="order">A field and its direction, such as <c>bytes desc</c>; null for best first.</param>
    public async Task<IReadOnlyList<ImageDocument>> InOrderAsync(
        string query,
        int count,
        string? filter,
        string? order,
        CancellationToken cancellation
    )
    {
        using var step = Step.Search.Begin("words");
        var options = Options(count, filter);
        foreach (var field in order is null ? Array.Empty<string>() : [order, "path asc"])
        {
            options.OrderBy.Add(field);
        }

        var found = await documents.ReadAsync(query, options, fields, cancellation);
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
        Highlight.Request(options);
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
