using System.Diagnostics;
using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>Runs a search: by words, by vector, or by both.</summary>
internal sealed class ImageSearch(
    QueryVectors vectors,
    ImageIndex index,
    WordIndex words,
    ColourSearch colours,
    ImageStore store,
    EmbeddingModel model
)
{
    private const int MaxTop = 1000;
    private const int MaxFound = 10_000;

    /// <summary>Minimum number of results of each kind to merge, so that the order does not depend on the page size.</summary>
    private const int LeastFused = 50;

    public async Task<SearchReply> RunAsync(SearchRequest search, CheckedImage? image, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var top = QueryValue.Between(search.Top ?? 10, 1, MaxTop, "top");
        var least = QueryValue.Between(search.MinSimilarity ?? -1, -1, 1, "minSimilarity");
        var from = SearchPage.Parse(search.Continuation, MaxFound - top);
        if (ColourSearch.IsAllOf(search, image))
        {
            return await colours.RunAsync(search, top, from, cancellation);
        }

        var filter = FilterExpression.Of(search.Filter, store.Images).Without(search.NotIds);
        var (mode, query) = ModeOf(search);
        var tally = new EmbeddingTally();

        // Words need no vector: they are queried while it is computed. One extra result shows whether there are more.
        var fetched = Math.Max(
            from + top + 1,
            filter.IsPartial ? MaxTop
                : query is null ? 0
                : LeastFused
        );
        // What words alone find has an end, so that all of it can be sorted; vectors always find something.
        var order = mode == SearchMode.Words ? SearchPage.OrderOf(search.Sort) : null;
        var inOrder = order is null ? null : words.FindAsync(query!.Begun ?? query.Any, fetched, filter.OData, cancellation, order);
        var byWords = query is null || order is not null ? null : words.FindAsync(query, fetched, filter.OData, cancellation);
        var vector = await vectors.OfAsync(search, image, tally, cancellation);
        var nearest = mode == SearchMode.Words ? [] : await index.SearchAsync(vector, fetched, filter.OData, cancellation);
        IReadOnlyList<FusedHit> hits =
            inOrder is not null ? [.. (await inOrder).Select(document => new FusedHit(document, null, null) { HasWords = true })]
            : byWords is null ? [.. nearest.Select(Seen)]
            : Fusion.Of(query!, await byWords, nearest);
        var isOfWords =
            image is null && string.IsNullOrEmpty(search.Id) && search is { Ids: null or [], NotIds: null or [], Not: null or "" };
        var passing = hits.Where(hit => filter.Matches(hit.Document.Path)).ToList();
        var marks = least > -1 ? null : MarksAsync(query, passing.Skip(from).Take(top), cancellation);
        var known = await WithSimilaritiesAsync(least > -1 ? passing : passing.Skip(from).Take(top), vector, cancellation);
        var found = least > -1 ? known.Where(hit => hit.Similarity >= least).ToList() : null;
        var shown = found?.Skip(from).Take(top).ToList() ?? known;
        var highlights = await (marks ?? MarksAsync(query, shown, cancellation));
        var isMore = (found?.Count ?? passing.Count) > from + top && from + top < MaxFound;
        return new SearchReply(
            [
                .. SearchPage.Sorted(
                    shown.Select(hit => SearchResult.Of(hit with { Highlights = highlights.GetValueOrDefault(hit.Id) ?? [] }, from + top)),
                    search.Sort
                ),
            ],
            model.Name,
            Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1),
            mode,
            isMore ? SearchPage.After(from + top) : null,
            isOfWords && from == 0 && order is null ? IsClear(hits, mode, nearest) : null,
            tally.Notices,
            tally.Cost
        );
    }

    private Task<IReadOnlyDictionary<string, IReadOnlyList<Highlight>>> MarksAsync(
        WordQuery? query,
        IEnumerable<FusedHit> hits,
        CancellationToken cancellation
    ) => words.HighlightsAsync(query!, [.. hits.Where(hit => hit.HasWords).Select(hit => hit.Id)], cancellation);

    private bool? IsClear(IReadOnlyList<FusedHit> hits, SearchMode mode, IReadOnlyList<Neighbour> nearest) =>
        hits.Any(hit => hit.IsComplete) ? true
        : mode == SearchMode.Words ? false
        : Clarity.Of(model.Thresholds.Text, nearest);

    /// <summary>Words take part if there are any; a query without them is by vector.</summary>
    private static (SearchMode Mode, WordQuery? Query) ModeOf(SearchRequest search)
    {
        var query = search.Mode == SearchMode.Vector ? null : WordQuery.Of(search.Text);
        return search.Mode == SearchMode.Color
                ? throw ProblemException.Invalid("'mode' is 'color': give 'filter.color' and nothing to look like.")
            : search.Mode == SearchMode.Words && query is null
                ? throw ProblemException.Invalid("'mode' is 'words', but 'text' contains no word.")
            : (query is null ? SearchMode.Vector : search.Mode ?? SearchMode.Hybrid, query);
    }

    private static FusedHit Seen(Neighbour neighbour, int rank) => new(neighbour.Document, neighbour.Similarity, rank);

    /// <summary>Images found only by words are compared with the query too: every result has a similarity.</summary>
    private async Task<IReadOnlyList<FusedHit>> WithSimilaritiesAsync(
        IEnumerable<FusedHit> hits,
        ReadOnlyMemory<float> vector,
        CancellationToken cancellation
    )
    {
        var all = hits.ToList();
        var unknown = all.Where(hit => hit.Similarity is null).Select(hit => hit.Document.Id).ToList();
        var known = await index.SimilaritiesAsync(vector, unknown, cancellation);

        // An image deleted meanwhile has none.
        return
        [
            .. all.Select(hit =>
                    hit.Similarity is null && known.TryGetValue(hit.Document.Id, out var cosine) ? hit with { Similarity = cosine } : hit
                )
                .Where(hit => hit.Similarity is not null),
        ];
    }
}
