using Serverless.Features;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Gives the record of an image that was judged by an older version what its pixels tell. Nothing is embedded or judged anew. What can
/// no longer be read stays without.
/// </summary>
internal sealed class AddFeatures(ImageStore blobs, ImageLedger ledger, ImageReader reader)
{
    /// <summary>Writes the record, where its image is live and lacks them; the index follows when it is published.</summary>
    public async Task RunAsync(Snapshot seen, CancellationToken cancellation)
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
            || await reader.CheckAsync(bytes, DecodePatience.Unlimited with { Cancellation = cancellation }) is not { Image: { } image }
        )
        {
            return;
        }

        var features = PictureAnalysis.Of(image);
        for (var known = record; IsOf(known, record); known = await ledger.FindAsync(record.Id, cancellation))
        {
            if (await ledger.TryWriteAsync(known! with { Visual = features }, cancellation) is not null)
            {
                return;
            }
        }
    }

    private static bool IsOf(ImageRecord? known, ImageRecord record) =>
        known is { IsLive: true, Visual: null } && known.BlobETag == record.BlobETag;
}
