using System.Net;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Search.Documents;
using Azure.Search.Documents.Indexes;
using Azure.Search.Documents.Indexes.Models;
using Azure.Search.Documents.Models;
using Serverless.Embeddings;
using Serverless.Telemetry;

namespace Serverless.Search;

/// <summary>The search index that holds every live image.</summary>
internal sealed partial class ImageIndex(SearchIndexClient indexes, SearchClient documents, IndexCreation creation, EmbeddingModel model)
{
    private const int ListPageSize = 1000;

    public string Name => documents.IndexName;

    /// <summary>Creates the index if it does not exist, and adds missing fields to an older one.</summary>
    /// <exception cref="ModelMismatchException">The index holds vectors of another model.</exception>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        var definition = IndexDefinition.Of(Name, model);
        if (await FindAsync(cancellation) is not { } index)
        {
            await creation.CreateAsync(definition, cancellation);
            index = await indexes.GetIndexAsync(Name, cancellation);
        }

        Check(index, definition);
        if (definition.IsMoreThan(index))
        {
            await creation.ExtendAsync(definition, cancellation);
        }
    }

    private async Task<SearchIndex?> FindAsync(CancellationToken cancellation)
    {
        try
        {
            return await indexes.GetIndexAsync(Name, cancellation);
        }
        catch (RequestFailedException error) when (error.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<long> CountAsync(CancellationToken cancellation) => await documents.GetDocumentCountAsync(cancellation);

    /// <summary>Images by upload time, newest first, starting at <paramref name="skip"/>.</summary>
    public async Task<IReadOnlyList<ImageDocument>> ListAsync(string? filter, int count, int skip, CancellationToken cancellation)
    {
        var options = new Azure.Search.Documents.SearchOptions
        {
            Size = count,
            Skip = skip,
            Filter = filter,
            OrderBy = { "uploadedAt desc", "path asc" },
        };
        return
        [
            .. (await documents.ReadAsync("*", options, [.. ImageDocument.Shown, "title", "caption", "altText"], cancellation)).Select(
                result => result.Document
            ),
        ];
    }

    public Task UploadAsync(ImageDocument document, CancellationToken cancellation) =>
        documents.UploadDocumentsAsync([document], new IndexDocumentsOptions { ThrowOnAnyError = true }, cancellation);

    public Task DeleteAsync(string id, CancellationToken cancellation) =>
        documents.DeleteDocumentsAsync("id", [id], new IndexDocumentsOptions { ThrowOnAnyError = true }, cancellation);

    public async Task<bool> HasAsync(string id, CancellationToken cancellation)
    {
        try
        {
            await documents.GetDocumentAsync<ImageDocument>(id, new GetDocumentOptions { SelectedFields = { "id" } }, cancellation);
            return true;
        }
        catch (RequestFailedException error) when (error.Status == (int)HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>
    /// Id, path and versions of every document. The service skips at most 100,000 results and compares strings only for equality, so the
    /// pages follow the upload time.
    /// </summary>
    public async IAsyncEnumerable<ImageDocument> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
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
            var page = await documents.ReadAsync(
                "*",
                options,
                ["id", "path", "uploadedAt", "model", "modelRevision", "wordsVersion", "featuresVersion", "labelsVersion"],
                cancellation
            );
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

    private void Check(SearchIndex index, IndexDefinition definition)
    {
        foreach (var wanted in definition.Fields)
        {
            var field = index.Fields.FirstOrDefault(field => field.Name == wanted.Name);
            if (field is null && wanted.CanBeAdded)
            {
                continue;
            }

            if (field is null || field.Type.ToString() != wanted.Type)
            {
                throw new ModelMismatchException(
                    $"The index '{Name}' has no field '{wanted.Name}' of type {wanted.Type}: it was not made by this version. "
                        + "Set Search:Index to a new name, restart and POST /api/backfill: every image is judged and indexed again."
                );
            }

            if (
                wanted.Dimensions is not null
                && (field.VectorSearchDimensions != wanted.Dimensions || field.VectorSearchProfileName != definition.Profile)
            )
            {
                throw new ModelMismatchException(
                    $"The index '{Name}' contains vectors of '{field.VectorSearchProfileName}' "
                        + $"({field.VectorSearchDimensions} dimensions), "
                        + $"but the app is configured for '{definition.Profile}' ({wanted.Dimensions} dimensions); "
                        + "vectors of different models "
                        + "cannot be compared. "
                        + "Change Embedding:Provider and Embedding:Model back, or set Search:Index to a new name, restart and POST "
                        + "/api/backfill: every image is judged and indexed again."
                );
            }
        }
    }
}
