using Azure.Search.Documents;
using Azure.Search.Documents.Models;
using Serverless.Telemetry;

namespace Serverless.Search;

/// <summary>An image found by words.</summary>
internal sealed record WordHit(ImageDocument Document, IReadOnlyList<Highlight> Highlights)
{
    public string Id => Document.Id;
}

/// <summary>What words found, each best first.</summary>
/// <param name="Complete">Images that have all the words.</param>
/// <param name="Begun">Those that have all the words, or words that begin so; may hold the complete as well.</param>
/// <param name="Some">Those that have some of them; may hold the others as well.</param>
internal sealed record WordHits(IReadOnlyList<WordHit> Complete, IReadOnlyList<WordHit> Begun, IReadOnlyList<WordHit> Some);

/// <summary>Finds images by what is written in, on and about them.</summary>
internal sealed class WordIndex(SearchClient documents)
{
    public async Task<WordHits> FindAsync(WordQuery query, int count, string? filter, CancellationToken cancellation)
    {
        var some = FindAsync(query.Any, count, filter, cancellation);
        var begun = query.Begun is { } beginnings ? FindAsync(beginnings, count, filter, cancellation) : some;
        return new WordHits(await FindAsync(query.All, count, filter, cancellation), await begun, await some);
    }

    /// <param name="query">In full Lucene syntax, of <see cref="WordQuery"/>.</param>
    /// <returns>Best first.</returns>
    public async Task<IReadOnlyList<WordHit>> FindAsync(string query, int count, string? filter, CancellationToken cancellation)
    {
        using var step = Step.Search.Begin("words");
        var options = new Azure.Search.Documents.SearchOptions
        {
            Size = count,
            Filter = filter,
            QueryType = SearchQueryType.Full,
            SearchMode = SearchMode.Any,
            HighlightPreTag = $"{Highlight.Before}",
            HighlightPostTag = $"{Highlight.After}",
        };
        foreach (var field in ImageDocument.Told)
        {
            options.Select.Add(field);
        }

        foreach (var field in Highlight.Wanted)
        {
            options.HighlightFields.Add(field);
        }

        var response = await documents.SearchAsync<ImageDocument>(query, options, cancellation);
        var hits = new List<WordHit>();
        await foreach (var result in response.Value.GetResultsAsync())
        {
            hits.Add(new WordHit(result.Document, Highlight.Of(result.Highlights)));
        }

        return hits;
    }
}
