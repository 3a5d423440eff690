using Serverless.Duplicates;
using Serverless.Images;

namespace Serverless.Pipeline;

/// <summary>
/// Where an image stands, and what is at its path, tell what to do next. Without I/O, and the only place that tells.
/// </summary>
internal static class StateTable
{
    /// <param name="state">The state of the record; null where there is none.</param>
    /// <param name="blob">What is at the path.</param>
    /// <param name="occasion">Why the image is looked at.</param>
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

            // A move that began is finished or taken back, whatever model decided it.
            (ImageState.Quarantining, BlobSituation.Unjudged) => NextStep.Ingest,
            (ImageState.Quarantining, _) => NextStep.Quarantine,

            // The original may be there again in the very version that was moved: storage lost the deletion, or somebody undid it.
            (ImageState.Quarantined, BlobSituation.Absent) => NextStep.Nothing,
            (ImageState.Quarantined, BlobSituation.Unjudged) => NextStep.Ingest,
            (ImageState.Quarantined, _) => NextStep.Quarantine,

            // Nothing at the path: it is not back yet, or was deleted as soon as it was. Whoever restores it looks afterwards.
            (ImageState.Restoring, BlobSituation.Absent) when occasion == Occasion.Event => NextStep.Nothing,

            // What is at the path may be the image itself, put back a moment ago. If it is another one, that is ingested.
            (ImageState.Restoring, _) => NextStep.Restore,

            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };
}
