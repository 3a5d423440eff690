using Azure;
using Azure.Storage.Blobs.Specialized;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// A quarantined image keeps its vectors until they are needed again. If another model made them, they are recomputed from its bytes;
/// verdict and link stay.
/// </summary>
internal sealed class RenewVectors(ImageStore store, QuarantineStore quarantine, ImageReader reader, EmbedImage embed, EmbeddingModel model)
{
    /// <summary>The record with the current model's vectors, not written yet; null if its bytes are unavailable.</summary>
    /// <exception cref="EmbeddingRefusedException">The model never embeds this picture.</exception>
    /// <exception cref="EmbeddingUnavailableException">The model cannot be reached.</exception>
    public async Task<ImageRecord?> RunAsync(ImageRecord record, CancellationToken cancellation)
    {
        if (model.Made(record))
        {
            return record;
        }

        var bytes =
            await ReadAsync(quarantine.Blob(record.QuarantineName!), cancellation)
            ?? await ReadAsync(store.Blob(record.Path), cancellation);
        return bytes is { } file && reader.Check(file).Image is { } image && image.Sha256 == record.Sha256
            ? record.With(await embed.RunAsync(image, cancellation))
            : null;
    }

    /// <summary>The same, but also null if no vector is available now.</summary>
    public async Task<ImageRecord?> TryRunAsync(ImageRecord record, CancellationToken cancellation)
    {
        try
        {
            return await RunAsync(record, cancellation);
        }
        catch (Exception error) when (error is EmbeddingUnavailableException or EmbeddingRefusedException)
        {
            return null;
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(BlobBaseClient blob, CancellationToken cancellation)
    {
        try
        {
            return (await blob.DownloadContentAsync(cancellation)).Value.Content.ToMemory();
        }
        catch (RequestFailedException error) when (ImageStore.IsGoneOrChanged(error))
        {
            return null;
        }
    }
}
