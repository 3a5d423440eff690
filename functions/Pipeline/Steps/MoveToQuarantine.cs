using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Moves a copy, or an image that a person sets aside, to quarantine, resuming an interrupted move: verified copy first, deletion last.
/// </summary>
internal sealed class MoveToQuarantine(
    QuarantineStore quarantine,
    ImageLedger ledger,
    EmbeddingModel model,
    PublishImage publish,
    StorageClock storage
)
{
    private const string InArchive = "its blob is in the Archive tier and cannot be copied: it stays in place.";
    private const string HasSnapshots = "its blob has snapshots that a move would delete: it stays in place.";
    private const string IsLeased = "its blob is leased: it moves to quarantine when the lease ends.";

    public async Task<StepResult> RunAsync(ImageRecord record, CancellationToken cancellation)
    {
        switch (
            await quarantine.CopyInAsync(
                record.Path,
                record.BlobETag,
                record.QuarantineName!,
                record.Sha256!,
                Receipt.Of(record),
                cancellation
            )
        )
        {
            case MoveOutcome.SourceGone:
                // Deleted before it could be moved: there is nothing left to keep.
                return await PublishAsync(record with { State = ImageState.Removed }, cancellation);
            case MoveOutcome.SourceChanged:
                // The new version has its own event and will be judged.
                return StepResult.Done;
            case MoveOutcome.SourceArchived:
                return await StayAsync(record, InArchive, cancellation);
        }

        if (!await MayGoAsync(record, cancellation))
        {
            return await TakeBackAsync(record, cancellation);
        }

        return await quarantine.DeleteSourceAsync(record.Path, record.BlobETag, cancellation) switch
        {
            DeleteOutcome.Deleted => await SettleAsync(
                record with
                {
                    State = ImageState.Quarantined,
                    Reason = record.IsSetAside ? record.Reason : null,
                    WaitingSince = null,
                },
                cancellation
            ),
            DeleteOutcome.HasSnapshots => await StayAsync(record, HasSnapshots, cancellation),
            DeleteOutcome.Leased => await WaitAsync(record, cancellation),
            _ => StepResult.Done,
        };
    }

    /// <summary>
    /// The image that a copy duplicates must be live when this blob is deleted: the last live copy is never taken. A move decided by
    /// another model is not started. If the blob is already gone, the move is finished.
    /// </summary>
    private async Task<bool> MayGoAsync(ImageRecord record, CancellationToken cancellation)
    {
        if (record.IsSetAside)
        {
            return true;
        }

        var other = await ledger.FindAsync(record.DuplicateOf!.Id, cancellation);
        var holds = OrderingRules.StillHolds(other?.State, other?.Sequence ?? 0, record.DuplicateOfSequence) && model.Made(record);
        return holds || await quarantine.IsSourceGoneAsync(record.Path, cancellation);
    }

    private async Task<StepResult> SettleAsync(ImageRecord record, CancellationToken cancellation) =>
        await PublishAsync(record with { DecidedAt = await storage.NowAsync(cancellation) }, cancellation);

    private async Task<StepResult> PublishAsync(ImageRecord record, CancellationToken cancellation)
    {
        if (await ledger.TryWriteAsync(record, cancellation) is not { } written)
        {
            return StepResult.LookAgain;
        }

        await publish.RunAsync(written, cancellation);
        return StepResult.Done;
    }

    /// <summary>The move waits for its second look; meanwhile the record says why.</summary>
    private async Task<StepResult> WaitAsync(ImageRecord record, CancellationToken cancellation)
    {
        if (record.WaitingSince is not null)
        {
            return StepResult.Done;
        }

        var waiting = record with { Reason = But(record, IsLeased), WaitingSince = await storage.NowAsync(cancellation) };
        return await ledger.TryWriteAsync(waiting, cancellation) is null ? StepResult.LookAgain : StepResult.Done;
    }

    private async Task<StepResult> StayAsync(ImageRecord record, string reason, CancellationToken cancellation)
    {
        var stays = record with
        {
            State = ImageState.Indexing,
            QuarantineName = null,
            IsSetAside = false,
            TrashedAt = null,
            Reason = But(record, reason),
            WaitingSince = null,
        };
        var result = await SettleAsync(stays, cancellation);
        if (result == StepResult.Done)
        {
            await quarantine.DeleteCopyAsync(record.QuarantineName!, record.Path, record.BlobETag, cancellation);
        }

        return result;
    }

    private static string But(ImageRecord record, string reason) =>
        $"{(record.IsSetAside ? "To be set aside" : "A duplicate")}, but {reason}";

    private async Task<StepResult> TakeBackAsync(ImageRecord record, CancellationToken cancellation)
    {
        // Another worker may still consider it a duplicate and be about to delete the original: from now on it cannot.
        if (await quarantine.TryRenewSourceAsync(record.Path, record.BlobETag, cancellation) is not { } renewed)
        {
            return StepResult.Done;
        }

        if (await ledger.TryWriteAsync(record.Undecided() with { BlobETag = renewed }, cancellation) is not null)
        {
            await quarantine.DeleteCopyAsync(record.QuarantineName!, record.Path, renewed, cancellation);
        }

        return StepResult.LookAgain;
    }
}
