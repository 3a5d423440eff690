using System.Runtime.CompilerServices;
using Azure.Search.Documents;

namespace Serverless.Search;

/// <summary>Lists all documents of an index.</summary>
internal static class DocumentListing
{
    private const int ListPageSize = 1000;

    /// <summary>
    /// Some fields of every document, among them id and upload time. The service skips at most 100,000 results and compares strings only
    /// for equality, so the pages follow the upload time.
    /// </summary>
    public static async IAsyncEnumerable<ImageDocument> AllAsync(
        SearchClient documents,
        IReadOnlyList<string> fields,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var from = DateTimeOffset.MinValue;
        var (sameTime, passed) = (new HashSet<string>(StringComparer.Ordinal), 0);
        while (true)
        {
            var options = new Azure.Search.Documents.SearchOptions
            {
                Size = ListPageSize,
                Skip = passed,
                Filter = from == DateTimeOffset.MinValue ? null : SearchFilter.Create($"uploadedAt ge {from}"),
                OrderBy = { "uploadedAt asc", "path asc" },
            };
            var page = await documents.ReadAsync("*", options, fields, cancellation);
            foreach (var document in page.Select(result => result.Document))
            {
                if (document.UploadedAt != from)
                {
                    from = document.UploadedAt;
                    passed = 0;
                    sameTime.Clear();
                }

                // A document added meanwhile shifts the following ones, so some are seen again: they must be skipped too, or the same page
                // would be requested endlessly.
                passed++;
                if (sameTime.Add(document.Id))
                {
                    yield return document;
                }
            }

            if (page.Count == 0)
            {
                yield break;
            }
        }
    }
}
