using Azure.Search.Documents.Models;

namespace Serverless.Search;

internal sealed partial class ImageIndex
{
    private const int MostTags = 100;

    public async Task<IndexCounts> CountsAsync(CancellationToken cancellation)
    {
        var options = new Azure.Search.Documents.SearchOptions
        {
            Size = 0,
            IncludeTotalCount = true,
            Facets = { "format", $"tags,count:{MostTags}", "verdict" },
        };
        var found = (await documents.SearchAsync<ImageDocument>("*", options, cancellation)).Value;
        return new IndexCounts(found.TotalCount ?? 0, Counts(found, "format"), Counts(found, "tags"), Counts(found, "verdict"));
    }

    private static Dictionary<string, long> Counts(SearchResults<ImageDocument> found, string field) =>
        found.Facets.TryGetValue(field, out var facets)
            ? Merged(field, facets.Select(Count)).ToDictionary(one => one.Value, one => one.Count, StringComparer.Ordinal)
            : [];

    /// <summary>Formats under the names that they have now, whichever version wrote the document.</summary>
    internal static IReadOnlyList<FacetCount> Merged(string field, IEnumerable<FacetCount> counts) =>
        field != "format"
            ? [.. counts]
            :
            [
                .. counts
                    .GroupBy(one => ImageDocument.FormatOf(one.Value), StringComparer.Ordinal)
                    .Select(same => new FacetCount(same.Key, same.Sum(one => one.Count)))
                    .OrderByDescending(one => one.Count),
            ];
}
