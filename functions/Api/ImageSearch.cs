using System.Diagnostics;
using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>Runs a search: by words, by vector, or by both.</summary>
internal sealed class ImageSearch(QueryForms forms, SheetSearch sheets, ColourSearch colours, ImageStore store, EmbeddingModel model)
{
    private const int MaxTop = 1000;
    private const int MaxFound = 10_000;

    /// <summary>Up to so many images found by words are compared with the query before it is known which are shown.</summary>
    private const int MaxCompared = 100;

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

        var filter = FilterExpression.Of(search.Filter, store.Images);
        var wanted = new SheetFilter(
            filter.Without(search.NotIds).OData,
            filter.WithoutSheets(search.NotIds).OData,
            IsGrouped: search.Group != false
        );
        var (mode, query) = ModeOf(search);
        var tally = new EmbeddingTally();

        // Words need no vector: they are queried while it is computed. One extra result shows whether there are more.
        var fetched = Math.Max(
            from + top + 1,
            filter.IsPartial ? MaxTop
                : query is null ? 0
                : Fusion.Depth
        );
        // What words alone find has an end, so that all of it can be sorted; vectors always find something.
        var order = mode == SearchMode.Words ? SearchPage.OrderOf(search.Sort) : null;
        var inOrder = order is null
            ? null
            : sheets.Words.InOrderAsync(query!.Begun ?? query.Any, fetched, wanted.Images, order, cancellation);
        var byWords = query is null || order is not null ? null : sheets.FindAsync(query, fetched, wanted, cancellation);
        var sought = await forms.OfAsync(search, image, tally, cancellation);
        var compared = byWords is null || fetched > MaxCompared ? null : ComparedAsync(byWords, sought.Upright, cancellation);
        var nearest = mode == SearchMode.Words ? [] : await sheets.NearestAsync(sought, fetched, wanted, cancellation);
        IReadOnlyList<FusedHit> hits =
            inOrder is not null ? [.. (await inOrder).Select(document => new FusedHit(document, null, null) { HasWords = true })]
            : byWords is null ? [.. nearest.Select(FusedHit.Of)]
            : Fusion.Of(query!, await byWords, nearest);
        var isOfWords =
            image is null && string.IsNullOrEmpty(search.Id) && search is { Ids: null or [], NotIds: null or [], Not: null or "" };
        var passing = hits.Where(hit => filter.Matches(hit.Document.Path)).ToList();
        var candidates = (least > -1 ? passing : passing.Skip(from).Take(top)).ToList();
        var known = Compared(
            candidates,
            await (
                compared
                ?? sheets.SimilaritiesAsync(
                    sought.Upright,
                    [.. candidates.Where(hit => hit.Similarity is null).Select(hit => hit.Document)],
                    cancellation
                )
            )
        );
        var found = least > -1 ? known.Where(hit => hit.Similarity >= least).ToList() : null;
        var listed = found?.Skip(from).Take(top).ToList() ?? known;
        var highlights = await MarksAsync(query, listed, cancellation);
        var shown = await sheets.CompleteAsync(
            [.. listed.Select(hit => hit with { Highlights = hit.Highlights ?? highlights.GetValueOrDefault(hit.Document.Id) })],
            cancellation
        );
        var isMore = (found?.Count ?? passing.Count) > from + top && from + top < MaxFound;
        return new SearchReply(
            [.. SearchPage.Sorted(shown.Select(hit => SearchResult.Of(hit, from + top)), search.Sort)],
            model.Name,
            Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1),
            mode,
            isMore ? SearchPage.After(from + top) : null,
            isOfWords && from == 0 && order is null ? IsClear(hits, mode, nearest) : null,
            tally.Notices,
            tally.Cost
        );
    }

    /// <summary>The highlights of those whose words were found without them.</summary>
    private Task<IReadOnlyDictionary<string, IReadOnlyList<Highlight>>> MarksAsync(
        WordQuery? query,
        IEnumerable<FusedHit> hits,
        CancellationToken cancellation
    ) =>
        sheets.HighlightsAsync(
            query!,
            [.. hits.Where(hit => hit is { HasWords: true, Highlights: null }).Select(hit => hit.Document)],
            cancellation
        );

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

    /// <summary>
    /// Images found by words are compared with the query too: every result has a similarity. So few are, as soon as they are known, that it
    /// does not matter which of them will be shown.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, double>> ComparedAsync(
        Task<WordHits> byWords,
        ReadOnlyMemory<float> vector,
        CancellationToken cancellation
    ) => await sheets.SimilaritiesAsync(vector, [.. (await byWords).All.Select(hit => hit.Document)], cancellation);

    /// <summary>An image deleted meanwhile has no similarity.</summary>
    private static IReadOnlyList<FusedHit> Compared(IEnumerable<FusedHit> hits, IReadOnlyDictionary<string, double> similarities) =>
        [
            .. hits.Select(hit =>
                    hit.Similarity is null && similarities.TryGetValue(hit.Id, out var cosine) ? hit with { Similarity = cosine } : hit
                )
                .Where(hit => hit.Similarity is not null),
        ];
}
