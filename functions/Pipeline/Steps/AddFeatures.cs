using Serverless.Features;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Adds colours and composition to the record of an image judged by an older version, without embedding or judging it again. An image
/// that can no longer be read stays without.
/// </summary>
internal sealed class AddFeatures(ImageStore blobs, ImageLedger ledger, ImageReader reader)
{
    /// <summary>Completes the record of a live image; publishing it then updates the index.</summary>
    /// <returns>The path of the image.</returns>
    public async Task<ImagePath> RunAsync(Snapshot seen, CancellationToken cancellation)
    {
        await CompleteAsync(seen, cancellation);
        return seen.Path;
    }

    private async Task CompleteAsync(Snapshot seen, CancellationToken cancellation)
    {
        if (
            seen is not { Record: { IsLive: true, Visual: null } record, Blob: { IsArchived: false } blob }
            || record.BlobETag != blob.Version
        )
        {
            return;
        }

        if (
            await blobs.ReadAsync(seen.Path, blob, cancellation) is not { } bytes
            || await reader.CheckAsync(bytes, DecodeTimeout.Unlimited with { Cancellation = cancellation }) is not { Image: { } image }
        )
        {
            return;
        }

        var features = PictureAnalysis.Of(image);
        await ledger.ChangeAsync(
            record,
            known => known is { IsLive: true, Visual: null } && known.BlobETag == record.BlobETag ? known with { Visual = features } : null,
            cancellation
        );
    }
}
