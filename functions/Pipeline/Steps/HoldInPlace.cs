using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Notes in the record, before an image is judged for a report, that it stays in place whatever the verdict: whoever judges it, also after
/// a crash, finds the note.
/// </summary>
internal sealed class HoldInPlace(Snapshots snapshots, ImageLedger ledger, StorageClock storage)
{
    private const string Reason = "It is being judged for a report.";

    public Task RunAsync(ImagePath path, CancellationToken cancellation) => Race.UntilWonAsync(() => AttemptAsync(path, cancellation));

    /// <summary>Null if the record changed meanwhile.</summary>
    private async Task<bool?> AttemptAsync(ImagePath path, CancellationToken cancellation)
    {
        var seen = await snapshots.TakeAsync(path, Occasion.Event, cancellation);
        if (seen.Next != NextStep.Ingest || seen.Blob is not { } blob || IsHeld(seen.Record, blob))
        {
            return true;
        }

        var held = ImageRecord.Of(path, ImageState.Waiting, blob, seen.Record) with
        {
            StaysInPlace = true,
            Reason = Reason,
            WaitingSince = await storage.NowAsync(cancellation),
        };
        return await ledger.TryWriteAsync(held, cancellation) is null ? null : true;
    }

    /// <summary>A live image that is judged again stays in place anyway.</summary>
    private static bool IsHeld(ImageRecord? record, StoredImageFacts blob) =>
        record?.BlobETag == blob.Version && (record.IsLive || record.StaysInPlace);
}
