using System.Globalization;
using Azure.Search.Documents.Models;

namespace Serverless.Search;

/// <summary>How many images have a value of a field; a range is written <c>least-most</c>.</summary>
/// <param name="Value">A value of the filter.</param>
/// <param name="Count">Images that have it.</param>
internal readonly record struct FacetCount(string Value, long Count);

/// <summary>Counts of fields, and how many images they were counted over.</summary>
internal sealed record FieldCounts(long Images, IReadOnlyDictionary<string, IReadOnlyList<FacetCount>> Fields);

internal sealed partial class ImageIndex
{
    /// <summary>Images with their palettes, the newest first.</summary>
    public async Task<IReadOnlyList<ImageDocument>> PalettesAsync(string filter, int count, CancellationToken cancellation)
    {
        var options = new Azure.Search.Documents.SearchOptions
        {
            Size = count,
            Filter = filter,
            OrderBy = { "uploadedAt desc", "path asc" },
        };
        var found = await documents.ReadAsync("*", options, [.. ImageDocument.Told, "palette"], cancellation);
        return [.. found.Select(result => result.Document)];
    }

    /// <param name="words">In full Lucene syntax; null for all images.</param>
    /// <param name="facets">Fields, each as the service takes it, such as <c>colors,count:12</c>.</param>
    public async Task<FieldCounts> CountsAsync(string? words, string? filter, IEnumerable<string> facets, CancellationToken cancellation)
    {
        var options = new Azure.Search.Documents.SearchOptions
        {
            Size = 0,
            IncludeTotalCount = true,
            Filter = filter,
            QueryType = words is null ? null : SearchQueryType.Full,
        };
        foreach (var facet in facets)
        {
            options.Facets.Add(facet);
        }

        var found = (await documents.SearchAsync<ImageDocument>(words ?? "*", options, cancellation)).Value;
        return new FieldCounts(
            found.TotalCount ?? 0,
            (found.Facets ?? new Dictionary<string, IList<FacetResult>>()).ToDictionary(
                field => field.Key,
                field => Merged(field.Key, field.Value.Select(Count).Where(one => one.Count > 0)),
                StringComparer.Ordinal
            )
        );
    }

    private static FacetCount Count(FacetResult facet) =>
        new(facet.FacetType == FacetType.Range ? $"{Text(facet.From)}-{Text(facet.To)}" : Text(facet.Value), facet.Count ?? 0);

    private static string Text(object? value) =>
        value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
