using Serverless.Embeddings;
using Serverless.Images;

namespace Serverless.Ledger;

/// <summary>
/// Reads a settled record as the model in force sees it: with the vectors that this model made of the same bytes, if they are known,
/// although the row still has another model's. The next write of the record keeps them.
/// </summary>
internal sealed class VectorsInForce(ModelVectors vectors, IServiceProvider services)
{
    // The model takes seconds to load, and nothing is read before.
    private readonly Lazy<EmbeddingModel> model = new(services.GetRequiredService<EmbeddingModel>);

    public async Task<ImageRecord> OfAsync(ImageRecord record, CancellationToken cancellation) =>
        record is { Embedding.IsEmpty: false, Sha256: not null, State: ImageState.Indexed or ImageState.Indexing or ImageState.Quarantined }
        && !model.Value.Made(record)
            ? await vectors.WithAsync(model.Value, record, cancellation)
            : record;
}
