using Serverless.Images;
using Serverless.Labels;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>
/// Counts what there is to filter by: each facet under all filters but its own, so that other values of it can be chosen. Facets with the
/// same conditions share a request.
/// </summary>
internal sealed class FacetCounts(ImageIndex index, ImageStore store, Labeller labeller)
{
    /// <param name="words">In full Lucene syntax: only images with these words are counted; all where null.</param>
    public async Task<FacetReply> OfAsync(
        IReadOnlyList<Facet> facets,
        SearchFilterRequest filter,
        string? words,
        CancellationToken cancellation
    )
    {
        var all = FilterExpression.Of(filter, store.Images).OData;
        var groups = facets
            .GroupBy(facet => FilterExpression.Of(facet.Free(filter), store.Images).OData ?? "")
            .Select(async group =>
            {
                var asked = group.Select(facet => $"{facet.Field},{facet.Asked}");
                var counts = await index.CountsAsync(words, group.Key.Length == 0 ? null : group.Key, asked, cancellation);
                var named = group.Select(facet => (facet.Name, Counts: counts.Fields.GetValueOrDefault(facet.Field) ?? []));
                return (Filter: group.Key, counts.Images, Facets: named);
            });
        var counted = await Task.WhenAll(groups);
        var images = counted.Where(group => group.Filter == (all ?? "")).Select(group => (long?)group.Images).FirstOrDefault();
        var byName = counted.SelectMany(group => group.Facets).ToDictionary(facet => facet.Name, facet => facet.Counts);
        return new FacetReply(
            images ?? (await index.CountsAsync(words, all, [], cancellation)).Images,
            facets.ToDictionary(facet => facet.Name, facet => byName[facet.Name]),
            Enum.GetValues<LabelKind>()
                .Where(kind => facets.Any(facet => facet.Name == Names.Of(kind)))
                .ToDictionary(Names.Of, kind => labeller.Untold(kind))
        );
    }
}

/// <param name="Images">How many meet all filters.</param>
/// <param name="Facets">By the name of the filter, the most frequent value first.</param>
/// <param name="Untold">
/// Labels of <c>style</c> and <c>objects</c> that the model in use does not tell: they need a larger one, or thresholds of yours.
/// </param>
internal sealed record FacetReply(
    long Images,
    IReadOnlyDictionary<string, IReadOnlyList<FacetCount>> Facets,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Untold
);
