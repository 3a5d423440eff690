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

/// <summary>A stored image near to a query vector. <paramref name="Similarity"/> is the cosine, in [-1, 1].</summary>
internal sealed record Neighbour(ImageDocument Document, double Similarity)
{
    public string Id => Document.Id;
}

/// <summary>The search index that holds every live image.</summary>
internal sealed class ImageIndex(SearchIndexClient indexes, SearchClient documents, IndexCreation creation, EmbeddingModel model)
{
    private const int ListPageSize = 1000;

    public string Name => documents.IndexName;

    private string CopyField => model.InstanceDimensions is null ? ImageDocument.EmbeddingField : ImageDocument.InstanceField;

    /// <summary>Creates the index where it does not exist.</summary>
    /// <exception cref="ModelMismatchException">The index holds vectors of another model.</exception>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        try
        {
            Check(await indexes.GetIndexAsync(Name, cancellation));
        }
        catch (RequestFailedException error) when (error.Status == (int)HttpStatusCode.NotFound)
        {
            await creation.CreateAsync(IndexDefinition.Of(Name, model), cancellation);
            Check(await indexes.GetIndexAsync(Name, cancellation));
        }
    }

    public async Task<long> CountAsync(CancellationToken cancellation) => await documents.GetDocumentCountAsync(cancellation);

    /// <summary>
    /// The images nearest by the vector of the near-duplicate search, without one of them. An exact search: a missed copy costs more than
    /// time.
    /// </summary>
    public Task<IReadOnlyList<Neighbour>> NearestAsync(
        ReadOnlyMemory<float> copyVector,
        int count,
        string exceptId,
        CancellationToken cancellation
    ) => QueryAsync(copyVector, CopyField, count, SearchFilter.Create($"id ne {exceptId}"), exhaustive: true, cancellation);

    /// <summary>The images nearest in the space shared with text, best first.</summary>
    public Task<IReadOnlyList<Neighbour>> SearchAsync(
        ReadOnlyMemory<float> embedding,
        int count,
        string? filter,
        CancellationToken cancellation
    ) => QueryAsync(embedding, ImageDocument.EmbeddingField, count, filter, exhaustive: false, cancellation);

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
        return [.. (await ReadAsync("*", options, ImageDocument.Shown, cancellation)).Select(result => result.Document)];
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
    /// Id and path of every document. The service skips 100,000 results at most and compares strings for equality only, so
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
            var page = await ReadAsync("*", options, ["id", "path", "uploadedAt", "model", "modelRevision"], cancellation);
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

    private async Task<IReadOnlyList<Neighbour>> QueryAsync(
        ReadOnlyMemory<float> vector,
        string field,
        int count,
        string? filter,
        bool exhaustive,
        CancellationToken cancellation
    )
    {
        using var step = Step.Search.Begin(exhaustive ? "duplicates" : "query");
        var options = new Azure.Search.Documents.SearchOptions
        {
            Size = count,
            Filter = filter,
            VectorSearch = new VectorSearchOptions
            {
                FilterMode = VectorFilterMode.PreFilter,
                Queries =
                {
                    new VectorizedQuery(vector)
                    {
                        KNearestNeighborsCount = count,
                        Fields = { field },
                        Exhaustive = exhaustive,
                    },
                },
            },
        };
        var found = await ReadAsync(null, options, ImageDocument.Shown, cancellation);

        // The service reports 1 / (1 + (1 - cosine)).
        return [.. found.Select(result => new Neighbour(result.Document, Math.Clamp(2 - (1 / result.Score!.Value), -1, 1)))];
    }

    private async Task<List<SearchResult<ImageDocument>>> ReadAsync(
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

    private void Check(SearchIndex index)
    {
        var definition = IndexDefinition.Of(Name, model);
        foreach (var wanted in definition.Fields)
        {
            var field = index.Fields.FirstOrDefault(field => field.Name == wanted.Name);
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
                        + $"but the app is set to '{definition.Profile}' ({wanted.Dimensions} dimensions); vectors of two models cannot be compared. "
                        + "Set Embedding:Provider and Embedding:Model back, or set Search:Index to a new name, start again and POST /api/backfill: every image is judged and indexed anew."
                );
            }
        }
    }
}
