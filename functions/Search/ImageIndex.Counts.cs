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
            ? facets.ToDictionary(facet => facet.Value.ToString()!, facet => facet.Count ?? 0, StringComparer.Ordinal)
            : [];
}
