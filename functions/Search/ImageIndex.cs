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

    /// <summary>Creates the index where it does not exist, and gives one of an older version the fields that it lacks.</summary>
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

    /// <summary>Images in the order of their upload, newest first, from <paramref name="skip"/> on.</summary>
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
    /// Id, path and versions of every document. The service skips 100,000 results at most and compares strings for equality only, so
    /// that the pages follow the time of upload.
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
                ["id", "path", "uploadedAt", "model", "modelRevision", "wordsVersion", "featuresVersion"],
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

                // One that came meanwhile pushes those behind it back, so that some are seen again: they are passed over as well,
                // or the same page would be asked for without end.
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
                        + "Set Search:Index to a new name, start again and POST /api/backfill: every image is judged and indexed anew."
                );
            }

            if (
                wanted.Dimensions is not null
                && (field.VectorSearchDimensions != wanted.Dimensions || field.VectorSearchProfileName != definition.Profile)
            )
            {
                throw new ModelMismatchException(
                    $"The index '{Name}' holds vectors of '{field.VectorSearchProfileName}' ({field.VectorSearchDimensions} dimensions), "
                        + $"but the app is set to '{definition.Profile}' ({wanted.Dimensions} dimensions); vectors of two models "
                        + "cannot be compared. "
                        + "Set Embedding:Provider and Embedding:Model back, or set Search:Index to a new name, start again and POST "
                        + "/api/backfill: every image is judged and indexed anew."
                );
            }
        }
    }
}
