using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Writes the vectors of the model in force into the record of an image that was judged by another one; verdict and place stay.
/// </summary>
internal sealed class AdoptVectors(ImageLedger ledger, EmbeddingModel model)
{
    /// <returns>False if the model's vectors of the image are not known: it must be judged again.</returns>
    public async Task<bool> TryRunAsync(string id, CancellationToken cancellation)
    {
        var record = await ledger.FindAsync(id, cancellation);
        var adopted = await ledger.ChangeAsync(record, known => IsAdoptable(known) ? known : null, cancellation);
        return adopted is not null;
    }

    private bool IsAdoptable(ImageRecord record) => record.State == ImageState.Indexed && model.Made(record);
}
