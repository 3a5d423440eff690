using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Makes this side's index follow the record of an image that the other side judges, with this side's vectors. It never writes the record.
/// The vectors of both models are kept, so that neither a switch nor a rollback computes any again.
/// </summary>
internal sealed class MirrorImage(
    ImageLedger ledger,
    ModelVectors vectors,
    ImageStore blobs,
    ImageReader reader,
    EmbedImage embed,
    IndexDocument document
)
{
    /// <returns>False if the image's vectors cannot be had: its blob is archived, unreadable, or was just replaced.</returns>
    /// <exception cref="EmbeddingUnavailableException">The model cannot be reached.</exception>
    /// <exception cref="EmbeddingRefusedException">The model never embeds this picture.</exception>
    public async Task<bool> RunAsync(string id, CancellationToken cancellation)
    {
        var record = await ledger.FindAsync(id, cancellation);
        while (true)
        {
            if (record is { State: ImageState.Unreadable })
            {
                return false;
            }

            var seen = record is { IsLive: true } ? await WithVectorsAsync(record, cancellation) : record;
            if (record is null or { State: ImageState.Removed })
            {
                await vectors.ForgetAsync(embed.Model, id, cancellation);
            }

            var isDone = await document.RunAsync(id, seen, cancellation);
            var now = await ledger.FindAsync(id, cancellation);
            if (now?.RowVersion == record?.RowVersion)
            {
                return isDone;
            }

            record = now;
        }
    }

    private async Task<ImageRecord> WithVectorsAsync(ImageRecord record, CancellationToken cancellation)
    {
        await vectors.KeepAsync(record, cancellation);
        if (
            embed.Model.Made(record)
            || await blobs.FactsAsync(record.Path, cancellation) is not { IsArchived: false } blob
            || blob.Version != record.BlobETag
            || await blobs.ReadAsync(record.Path, blob, cancellation) is not { } bytes
            || await reader.CheckAsync(bytes, DecodeTimeout.Unlimited with { Cancellation = cancellation }) is not { Image: { } image }
            || image.Sha256 != record.Sha256
        )
        {
            return record;
        }

        var renewed = record.WithVectors(await embed.RunAsync(image, cancellation));
        await vectors.KeepAsync(renewed, cancellation);
        return renewed;
    }
}
