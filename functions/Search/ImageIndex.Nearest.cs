using Azure.Search.Documents;
using Azure.Search.Documents.Models;
using Serverless.Telemetry;

namespace Serverless.Search;

/// <summary>A stored image near a query vector. <paramref name="Similarity"/> is the cosine, in [-1, 1].</summary>
internal sealed record Neighbour(ImageDocument Document, double Similarity)
{
    public string Id => Document.Key;

    /// <summary>Further parts of the same sheet, best first.</summary>
    public IReadOnlyList<Neighbour> Others { get; init; } = [];
}

/// <summary>Searches by vector.</summary>
internal sealed partial class ImageIndex
{
    private string CopyField => model.CopyDescriptorDimensions is null ? ImageDocument.EmbeddingField : ImageDocument.CopyDescriptorField;

    /// <summary>
    /// The nearest images by copy vector, without one of them. An exact search: a missed copy costs more than
    /// time.
    /// </summary>
    public Task<IReadOnlyList<Neighbour>> NearestAsync(
        ReadOnlyMemory<float> copyVector,
        int count,
        string exceptId,
        CancellationToken cancellation
    ) =>
        QueryAsync(
            copyVector,
            CopyField,
            count,
            SearchFilter.Create($"id ne {exceptId}"),
            (Exhaustive: true, ImageDocument.Shown),
            cancellation
        );

    /// <summary>The nearest images in the space shared with text, best first.</summary>
    public Task<IReadOnlyList<Neighbour>> SearchAsync(
        ReadOnlyMemory<float> embedding,
        int count,
        string? filter,
        CancellationToken cancellation
    ) => QueryAsync(embedding, ImageDocument.EmbeddingField, count, filter, (Exhaustive: false, ImageDocument.Told), cancellation);

    /// <summary>The same, but only their ids, paths and cosines.</summary>
    public Task<IReadOnlyList<Neighbour>> ResemblingAsync(ReadOnlyMemory<float> embedding, int count, CancellationToken cancellation) =>
        QueryAsync(embedding, ImageDocument.EmbeddingField, count, null, (Exhaustive: false, ["id", "path"]), cancellation);

    /// <summary>The cosines of given images with a vector, by id.</summary>
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

        var filter = DocumentReading.In(ids);
        var found = await QueryAsync(embedding, ImageDocument.EmbeddingField, ids.Count, filter, (Exhaustive: true, ["id"]), cancellation);
        return found.ToDictionary(neighbour => neighbour.Id, neighbour => neighbour.Similarity, StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<Neighbour>> QueryAsync(
        ReadOnlyMemory<float> vector,
        string field,
        int count,
        string? filter,
        (bool Exhaustive, IEnumerable<string> Fields) read,
        CancellationToken cancellation
    )
    {
        using var step = Step.Search.Begin(read.Exhaustive ? "duplicates" : "query");
        var options = VectorQueries.Of(vector, field, count, filter, read.Exhaustive);
        var found = await documents.ReadAsync(null, options, read.Fields, cancellation);

        return [.. found.Select(result => new Neighbour(result.Document, VectorQueries.CosineOf(result.Score)))];
    }
}
