using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Pipeline;

/// <summary>What became of a request to delete an image.</summary>
internal enum DeletionOutcome
{
    Deleted,
    Unknown,
    Quarantined,

    /// <summary>It cannot be moved to the trash; its record says why.</summary>
    Stays,

    /// <summary>The blob has a lease or snapshots.</summary>
    Protected,

    /// <summary>It is being processed, or is not what the record is about.</summary>
    NotNow,
}

/// <summary>
/// Deletes an image on request: a live one goes to the trash. Permanently, or if it was never live, its blob is deleted in the version that
/// was judged; record and index follow as they do when anybody else deletes it. Where the app stops in between, the event that storage
/// sends of the deletion does the rest.
/// </summary>
internal sealed class Deletion(QuarantineStore store, SetAside setAside, ImagePipeline pipeline)
{
    public async Task<DeletionOutcome> RunAsync(ImageRecord record, bool isPermanent, CancellationToken cancellation)
    {
        switch (record.State)
        {
            case ImageState.Removed:
                return DeletionOutcome.Unknown;
            case ImageState.Quarantined:
                return DeletionOutcome.Quarantined;
            case ImageState.Indexed when !isPermanent:
                return await setAside.RunAsync(record.Id, toTrash: true, cancellation) switch
                {
                    SetAsideOutcome.Moved => DeletionOutcome.Deleted,
                    SetAsideOutcome.Stays => DeletionOutcome.Stays,
                    _ => DeletionOutcome.NotNow,
                };
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
