using Serverless.Duplicates;
using Serverless.Images;

namespace Serverless.Pipeline;

/// <summary>
/// Maps an image's state and the blob at its path to the next step. No I/O, and the only place that decides it.
/// </summary>
internal static class StateTable
{
    /// <param name="state">The record's state; null without a record.</param>
    /// <param name="blob">The blob at the path.</param>
    /// <param name="occasion">Why the image is being processed.</param>
    public static NextStep Next(ImageState? state, BlobSituation blob, Occasion occasion) =>
        (state, blob) switch
        {
            (null or ImageState.Unreadable, BlobSituation.Absent) => NextStep.Nothing,
            (null or ImageState.Unreadable, _) => NextStep.Ingest,

            (ImageState.Waiting or ImageState.Removed, BlobSituation.Absent) => NextStep.Remove,
            (ImageState.Waiting or ImageState.Removed, _) => NextStep.Ingest,

            (ImageState.Announced, BlobSituation.Absent) => NextStep.Remove,
            (ImageState.Announced, BlobSituation.Judged) => NextStep.Judge,
            (ImageState.Announced, _) => NextStep.Ingest,

            (ImageState.Indexing or ImageState.Indexed or ImageState.Rejected, BlobSituation.Absent) => NextStep.Remove,
            (ImageState.Indexing or ImageState.Indexed or ImageState.Rejected, BlobSituation.Judged) => NextStep.Publish,
            (ImageState.Indexing or ImageState.Indexed or ImageState.Rejected, _) => NextStep.Ingest,

            // A move that has begun is finished or reverted, whichever model decided it.
            (ImageState.Quarantining, BlobSituation.Unjudged) => NextStep.Ingest,
            (ImageState.Quarantining, _) => NextStep.Quarantine,

            // The moved version may be back: storage lost the deletion, or somebody undid it.
            (ImageState.Quarantined, BlobSituation.Absent) => NextStep.Nothing,
            (ImageState.Quarantined, BlobSituation.Unjudged) => NextStep.Ingest,
            (ImageState.Quarantined, _) => NextStep.Quarantine,

            // Nothing at the path: it is not back yet, or was deleted at once. The restoring worker checks afterwards.
            (ImageState.Restoring, BlobSituation.Absent) when occasion == Occasion.Event => NextStep.Nothing,

            // The blob at the path may be the image itself, just put back. Any other blob is ingested.
            (ImageState.Restoring, _) => NextStep.Restore,

            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };
}
