using Microsoft.Extensions.AI;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>Combines the parts of a query into one vector for each form of its picture.</summary>
internal sealed class QueryVectors(
    IEmbeddingGenerator<string, Embedding<float>> texts,
    IEmbeddingGenerator<CheckedImage, ImageEmbedding> images,
    ImageRecords records,
    EmbeddingModel model,
    RegionVectors regions
)
{
    private const int MaxText = 1000;
    private const int MaxExamples = 16;

    /// <param name="pictures">The picture in the request, in each form that is looked for; none where there is no picture.</param>
    /// <returns>A unit vector for each form, or one where there is no picture. Everything else is embedded once.</returns>
    /// <exception cref="ProblemException">The query is empty or too large.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> OfAsync(
        SearchRequest search,
        IReadOnlyList<CheckedImage> pictures,
        EmbeddingTally tally,
        CancellationToken cancellation
    )
    {
        var weights = search.Weights ?? new SearchWeights();
        var region = ImageRegion.Parse(search.Region);
        if (region is not null && string.IsNullOrEmpty(search.Id))
        {
            throw ProblemException.Invalid("'region' is a part of a picture: send one, or give the 'id' of a stored image.");
        }

        var query = new QueryVector(model.Dimensions);
        if (!string.IsNullOrWhiteSpace(search.Text))
        {
            query.Add(await EmbedAsync(search.Text, "text", tally, cancellation), Weight(weights.Text, "text"));
        }

        if (!string.IsNullOrEmpty(search.Id))
        {
            var stored = await StoredAsync(search.Id, cancellation);
            query.Add(
                region is { } part ? await regions.OfAsync(stored, part, tally, cancellation) : stored.Embedding,
                Weight(weights.Id, "id")
            );
        }

        foreach (var id in Few(search.Ids, "ids"))
        {
            query.Add((await StoredAsync(id, cancellation)).Embedding, Weight(weights.Id, "id"));
        }

        if (query.IsEmpty && pictures.Count == 0)
        {
            throw ProblemException.Invalid("Say what to look for: text, an image, or the id of a stored image.");
        }

        foreach (var id in Few(search.NotIds, "notIds"))
        {
            query.Add((await StoredAsync(id, cancellation)).Embedding, -Weight(weights.Not, "not"));
        }

        if (!string.IsNullOrWhiteSpace(search.Not))
        {
            query.Add(await EmbedAsync(search.Not, "not", tally, cancellation), -Weight(weights.Not, "not"));
        }

        if (pictures.Count == 0)
        {
            return [UnitOf(query)];
        }

        var shown = await images.GenerateAsync(pictures, EmbeddingPriority.Query, cancellation);
        return [.. shown.Select(picture => UnitOf(query.With(tally.Add(picture).Vector, Weight(weights.Image, "image"))))];
    }

    private static ReadOnlyMemory<float> UnitOf(QueryVector query) =>
        query.Unit() ?? throw ProblemException.Invalid("The parts of the query cancel each other out: change the weights.");

    private static IReadOnlyList<string> Few(IReadOnlyList<string>? ids, string name) =>
        ids is { Count: > MaxExamples }
            ? throw ProblemException.Invalid($"'{name}' has {ids.Count:N0} ids; at most {MaxExamples} are allowed.")
            : ids ?? [];

    public async Task<ImageRecord> StoredAsync(string id, CancellationToken cancellation)
    {
        var record = await records.FindAsync(id, cancellation);
        return record is not { Embedding.IsEmpty: false, State: not (ImageState.Removed or ImageState.Unreadable) }
            ? throw ProblemException.NotFound($"No image with the id '{(id.Length <= 64 ? id : id[..64])}' has a vector.")
            : OfModel(record, model);
    }

    /// <summary>The record, if its vectors are the current model's.</summary>
    public static ImageRecord OfModel(ImageRecord record, EmbeddingModel model) =>
        model.Made(record)
            ? record
            : throw ProblemException.Conflict(
                $"The vectors of '{record.Path}' belong to another model: it must be judged again first (POST /api/backfill)."
            );

    private async Task<ReadOnlyMemory<float>> EmbedAsync(string text, string name, EmbeddingTally tally, CancellationToken cancellation)
    {
        if (text.Length > MaxText)
        {
            throw ProblemException.Invalid($"'{name}' has {text.Length:N0} characters; at most {MaxText:N0} are allowed.");
        }

        return tally.Add((await texts.GenerateAsync([text], EmbeddingPriority.Query, cancellation))[0]).Vector;
    }

    private static double Weight(double value, string name) => QueryValue.Between(value, 0, 10, $"weights.{name}");
}
