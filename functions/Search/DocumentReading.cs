using Azure.Search.Documents;
using Azure.Search.Documents.Models;

namespace Serverless.Search;

/// <summary>Reads documents of the index.</summary>
internal static class DocumentReading
{
    /// <summary>A condition that these images meet and no other.</summary>
    public static string In(IEnumerable<string> ids) => SearchFilter.Create($"search.in(id, {string.Join('|', ids)}, '|')");

    /// <param name="text">What to look for; null for a query by vector alone.</param>
    /// <param name="fields">What to read of each document.</param>
    public static async Task<List<SearchResult<ImageDocument>>> ReadAsync(
        this SearchClient documents,
        string? text,
        Azure.Search.Documents.SearchOptions options,
        IEnumerable<string> fields,
        CancellationToken cancellation
    )
    {
        foreach (var field in fields)
        {
            options.Select.Add(field);
        }

        var response = await documents.SearchAsync<ImageDocument>(text, options, cancellation);
        return await response.Value.GetResultsAsync().ToListAsync(cancellation);
    }
}
