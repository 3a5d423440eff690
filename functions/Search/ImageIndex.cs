using System.Net;
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

        IndexCheck.Run(index, definition);
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

    /// <summary>Images by id; those that it does not have are left out.</summary>
    public async Task<IReadOnlyDictionary<string, ImageDocument>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return new Dictionary<string, ImageDocument>();
        }

        var options = new Azure.Search.Documents.SearchOptions { Size = ids.Count, Filter = DocumentReading.In(ids) };
        return (await documents.ReadAsync("*", options, ImageDocument.Told, cancellation)).ToDictionary(
            result => result.Document.Id,
            result => result.Document,
            StringComparer.Ordinal
        );
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

    /// <summary>Id, path and versions of every document.</summary>
    public IAsyncEnumerable<ImageDocument> ListAsync(CancellationToken cancellation) =>
        DocumentListing.AllAsync(
            documents,
            ["id", "path", "uploadedAt", "model", "modelRevision", "wordsVersion", "featuresVersion", "labelsVersion"],
            cancellation
        );
}
