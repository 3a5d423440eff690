using Azure;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.AI;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Ingest;

/// <summary>
/// A quarantined image keeps the vectors that it was judged by until they are needed again. Where another model made them, they
/// are made anew from its bytes; its verdict and its link stay.
/// </summary>
internal sealed class QuarantinedVectors(
    ImageStore store, QuarantineStore quarantine, ImageReader reader, IEmbeddingGenerator<CheckedImage, ImageEmbedding> embedder,
    CopyVectors copyVectors, EmbeddingModel model)
{
    /// <summary>The record with vectors of the model in use, not written yet; null where its bytes are not to be had.</summary>
    public async Task<ImageRecord?> RenewAsync(ImageRecord record, CancellationToken cancellation)
    {
        if (model.Made(record))
        {
            return record;
        }

        var bytes = await ReadAsync(quarantine.Blob(record.QuarantineName!), cancellation) ?? await ReadAsync(store.Blob(record.Path), cancellation);
        return bytes is { } file && reader.Check(file).Image is { } image && image.Sha256 == record.Sha256
            ? await EmbedAsync(record, image, cancellation)
            : null;
    }

    /// <summary>The record with what the model in use and the fingerprint say of the picture.</summary>
    public async Task<ImageRecord> EmbedAsync(ImageRecord record, CheckedImage image, CancellationToken cancellation)
    {
        var embedding = (await embedder.GenerateAsync([image], cancellationToken: cancellation))[0];
        var fingerprint = reader.Fingerprint(image);
        var vectors = await copyVectors.OfAsync(image, fingerprint, embedding, cancellation);
        return record with
        {
            Model = model.Name,
            ModelRevision = model.Revision,
            Embedding = embedding.Vector,
            Instance = vectors.Instance ?? default,
            Turned = vectors.Turned,
            Fingerprint = fingerprint,
        };
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
