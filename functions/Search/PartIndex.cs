using System.Net;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Search.Documents;
using Azure.Search.Documents.Indexes;
using Azure.Search.Documents.Models;
using Microsoft.Extensions.Options;
using Serverless.Drawings;
using Serverless.Embeddings;
using Serverless.Telemetry;

namespace Serverless.Search;

/// <summary>
/// The search index of pages and tiles, beside the one of images. It is created with the first of them; while there is none, no search
/// sends a request for it.
/// </summary>
internal sealed class PartIndex(SearchIndexClient indexes, IndexCreation creation, EmbeddingModel model, IOptions<SearchOptions> options)
{
    private const string Suffix = "-parts";
    private const int LongestName = 128;
    private const int ListPageSize = 1000;

    /// <summary>Sheets in one request: their ids make a filter of 8 kB.</summary>
    private const int MostCounted = 250;

    /// <summary>Documents in one request to write.</summary>
    public const int MostWritten = 100;

    /// <summary>Which part it is; all else is told by the sheet's own document.</summary>
    private static readonly string[] Fields = ["id", "path", "sha256", .. ImageDocument.OfPart];

    private readonly SearchClient documents = indexes.GetSearchClient(NameOf(options.Value.Index));

    public string Name => documents.IndexName;

    /// <summary>Whether there are parts, as far as this process knows: it looks at its start, then once a minute.</summary>
    public bool IsThere { get; private set; }

    /// <summary>Finds pages by their text.</summary>
    public WordIndex Words => field ??= new WordIndex(documents, Fields);

    /// <summary>Looks, unless it knows: another instance may have made the first part.</summary>
    public async Task LookAsync(CancellationToken cancellation) => IsThere = IsThere || await FindAsync(cancellation) is not null;

    /// <summary>Creates the index if it does not exist.</summary>
    /// <exception cref="ModelMismatchException">It holds vectors of another model.</exception>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        if (IsThere)
        {
            return;
        }

        var definition = IndexDefinition.OfParts(Name, model, LineVector.Dimensions);
        if (await FindAsync(cancellation) is not { } index)
        {
            await creation.CreateAsync(definition, cancellation);
            index = await indexes.GetIndexAsync(Name, cancellation);
        }

        IndexCheck.Run(index, definition);
        IsThere = true;
    }

    public async Task WriteAsync(IEnumerable<ImageDocument> parts, CancellationToken cancellation)
    {
        await EnsureAsync(cancellation);
        foreach (var some in parts.Chunk(MostWritten))
        {
            await documents.UploadDocumentsAsync(some, new IndexDocumentsOptions { ThrowOnAnyError = true }, cancellation);
        }
    }

    public async Task DeleteAsync(IEnumerable<string> ids, CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        foreach (var some in IsThere ? ids.Chunk(ListPageSize) : [])
        {
            await documents.DeleteDocumentsAsync("id", some, new IndexDocumentsOptions { ThrowOnAnyError = true }, cancellation);
        }
    }

    /// <summary>The parts of a sheet that the index shows: writes of the last seconds may not be among them.</summary>
    public async Task<IReadOnlyList<string>> IdsOfAsync(string sheet, CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        var ids = new List<string>();
        if (!IsThere)
        {
            return ids;
        }

        while (true)
        {
            var found = await documents.ReadAsync(
                "*",
                new Azure.Search.Documents.SearchOptions
                {
                    Size = ListPageSize,
                    Skip = ids.Count,
                    Filter = SearchFilter.Create($"sheet eq {sheet}"),
                    OrderBy = { "page asc" },
                },
                ["id"],
                cancellation
            );
            ids.AddRange(found.Select(result => result.Document.Id));
            if (found.Count < ListPageSize)
            {
                return ids;
            }
        }
    }

    /// <summary>The nearest pages and tiles, best first.</summary>
    /// <param name="field"><see cref="ImageDocument.EmbeddingField"/> or <see cref="ImageDocument.LinesField"/>.</param>
    public async Task<IReadOnlyList<Neighbour>> NearestAsync(
        ReadOnlyMemory<float> vector,
        string field,
        int count,
        string? filter,
        CancellationToken cancellation
    )
    {
        if (!IsThere)
        {
            return [];
        }

        using var step = Step.Search.Begin("parts");
        var found = await documents.ReadAsync(
            null,
            VectorQueries.Of(vector, field, count, filter, isExhaustive: false),
            Fields,
            cancellation
        );
        return [.. found.Select(result => new Neighbour(result.Document, VectorQueries.CosineOf(result.Score)))];
    }

    /// <summary>The cosines of given pages with a vector, by document.</summary>
    public async Task<IReadOnlyDictionary<string, double>> SimilaritiesAsync(
        ReadOnlyMemory<float> embedding,
        IReadOnlyCollection<string> ids,
        CancellationToken cancellation
    )
    {
        if (ids.Count == 0)
        {
            return new Dictionary<string, double>();
        }

        var options = VectorQueries.Of(embedding, ImageDocument.EmbeddingField, ids.Count, DocumentReading.In(ids), isExhaustive: true);
        var found = await documents.ReadAsync(null, options, ["id"], cancellation);
        return found.ToDictionary(result => result.Document.Id, result => VectorQueries.CosineOf(result.Score), StringComparer.Ordinal);
    }

    /// <summary>How many parts each of these sheets has in the index, without reading them; those that have none are left out.</summary>
    public async Task<Dictionary<string, int>> CountsAsync(IEnumerable<string> ids, CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var some in IsThere ? ids.Chunk(MostCounted) : [])
        {
            // As many values as there can be: only then the counts of several shards are complete.
            var options = new Azure.Search.Documents.SearchOptions
            {
                Size = 0,
                Filter = DocumentReading.In(some, "sheet"),
                Facets = { $"sheet,count:{some.Length}" },
            };
            var found = (await documents.SearchAsync<ImageDocument>("*", options, cancellation)).Value;
            foreach (var facet in found.Facets["sheet"])
            {
                counts[(string)facet.Value] = (int)facet.Count!.Value;
            }
        }

        return counts;
    }

    /// <summary>The sheet of every part, a page of documents at a time.</summary>
    public async IAsyncEnumerable<string> SheetsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        if (!IsThere)
        {
            yield break;
        }

        await foreach (var document in DocumentListing.AllAsync(documents, ["id", "sheet", "path", "uploadedAt"], cancellation))
        {
            yield return document.Sheet ?? "";
        }
    }

    private static string NameOf(string images) => $"{images[..Math.Min(images.Length, LongestName - Suffix.Length)].TrimEnd('-')}{Suffix}";

    private async Task<Azure.Search.Documents.Indexes.Models.SearchIndex?> FindAsync(CancellationToken cancellation)
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
}
