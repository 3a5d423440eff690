using Azure.Search.Documents;
using Azure.Search.Documents.Models;

namespace Serverless.Search;

/// <summary>Reads documents of the index.</summary>
internal static class DocumentReading
{
    /// <summary>A filter that matches exactly these images.</summary>
    /// <param name="field">Where the ids are.</param>
    public static string In(IEnumerable<string> ids, string field = "id") =>
        $"search.in({field}, {SearchFilter.Create($"{string.Join('|', ids)}")}, '|')";

    /// <param name="text">The search text; null for a pure vector query.</param>
    /// <param name="fields">The fields to read of each document.</param>
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
