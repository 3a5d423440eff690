using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Pipeline;

/// <summary>What became of a request to delete an image.</summary>
internal enum DeletionOutcome
{
    Deleted,
    Unknown,
    Quarantined,

    /// <summary>The blob has a lease or snapshots.</summary>
    Protected,

    /// <summary>It is being processed, or is not what the record is about.</summary>
    NotNow,
}

/// <summary>
/// Deletes the blob of an image on request, in the version that was judged; record and index follow as they do when anybody else deletes
/// it. Where the app stops in between, the event that storage sends of the deletion does the rest.
/// </summary>
internal sealed class Deletion(QuarantineStore store, ImagePipeline pipeline)
{
    public async Task<DeletionOutcome> RunAsync(ImageRecord record, CancellationToken cancellation)
    {
        switch (record.State)
        {
            case ImageState.Removed:
                return DeletionOutcome.Unknown;
            case ImageState.Quarantined:
                return DeletionOutcome.Quarantined;
            case ImageState.Indexed or ImageState.Rejected or ImageState.Waiting:
                break;
            default:
                return DeletionOutcome.NotNow;
        }

        var outcome = await store.DeleteSourceAsync(record.Path, record.BlobETag, cancellation);
        if (outcome != DeleteOutcome.Deleted)
        {
            return outcome == DeleteOutcome.SourceChanged ? DeletionOutcome.NotNow : DeletionOutcome.Protected;
        }

        await pipeline.AdvanceAsync(record.Path, Occasion.Event, cancellation);
        return DeletionOutcome.Deleted;
    }
}
