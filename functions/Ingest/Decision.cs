using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;
using Serverless.Telemetry;

namespace Serverless.Ingest;

/// <summary>Turns an announced image into an indexed or a quarantined one.</summary>
internal sealed class Decision(
    DuplicateJudge judge,
    DuplicatePolicy policy,
    ImageLedger ledger,
    NewPlace place,
    Relink relink,
    IndexWriter index,
    QuarantineStore quarantine,
    IOptions<DuplicateOptions> options,
    EmbeddingModel model,
    StorageClock storage,
    ILogger<Decision> logger)
{
    private const string Stays = "It was live before the model was changed: it stays where it is, whatever the new model says.";

    /// <summary>Judges the image and carries the verdict out; false where another writer was first, or its vectors are not those of the model in use.</summary>
    public async Task<bool> TryDecideAsync(ImageRecord record, CancellationToken cancellation)
    {
        if (!model.Made(record))
        {
            return false;
        }

        var judgement = await judge.JudgeAsync(record, cancellation);
        return await TryApplyAsync(record, judgement, cancellation);
    }

    public async Task<bool> TryApplyAsync(ImageRecord record, Judgement judgement, CancellationToken cancellation)
    {
        var isDuplicate = judgement.Verdict.IsDuplicate();
        var moves = isDuplicate && options.Value.Moves && !record.StaysInPlace;
        var decided = record.Judged(judgement, await storage.NowAsync(cancellation)) with
        {
            State = moves ? ImageState.Quarantining : ImageState.Indexing,
            Threshold = policy.Threshold,
            QuarantineName = moves ? QuarantineStore.NameOf(record.Path, record.BlobETag) : null,
            Reason = isDuplicate && record.StaysInPlace ? Stays : record.Reason,
        };
        if (await ledger.TryWriteAsync(decided, cancellation) is not { } written)
        {
            return false;
        }

        ImageMetrics.Ingested(Names.Of(judgement.Verdict));
        IngestLog.Decided(logger, record.Id, judgement.Verdict, judgement.Similarity ?? 0);
        if (moves)
        {
            return await TryFinishAsync(written, cancellation);
        }

        await index.SyncAsync(record.Id, cancellation);
        if (!record.StaysInPlace)
        {
            await DisplaceAsync(judgement.Displaced, cancellation);
        }

        return true;
    }

    /// <summary>
    /// Poorer copies of an image that is live by now take a place behind it. So they are the later ones and give way to it by the
    /// same rule as any other copy: only while it is live.
    /// </summary>
    public async Task DisplaceAsync(IReadOnlyList<Candidate> displaced, CancellationToken cancellation)
    {
        foreach (var poorer in displaced)
        {
            // One that changed meanwhile is seen again, if it still is a copy, when the better one is checked once more.
            if (await ledger.FindAsync(poorer.Path.Id, cancellation) is { IsLive: true } record && record.Sequence == poorer.Sequence
                && await place.TryTakeAsync(Undecided(record) with { StaysInPlace = false }, $"better:{record.Sequence}", cancellation) is { } announced)
            {
                IngestLog.Displaced(logger, record.Id);
                await TryDecideAsync(announced, cancellation);
                await relink.FollowersAsync(record.Id, cancellation);
            }
        }
    }

    /// <summary>Finishes a move to quarantine, from wherever it stopped; false where the image must be looked at again.</summary>
    public async Task<bool> TryFinishAsync(ImageRecord record, CancellationToken cancellation)
    {
        var outcome = await quarantine.CopyInAsync(
            record.Path, record.BlobETag, record.QuarantineName!, record.Sha256!, Receipt.Of(record), cancellation);
        switch (outcome)
        {
            case MoveOutcome.SourceGone:
                // Deleted before it could be moved: there is nothing left to keep.
                await ledger.TryWriteAsync(record with { State = ImageState.Removed }, cancellation);
                await index.SyncAsync(record.Id, cancellation);
                return true;
            case MoveOutcome.SourceChanged:
                // The new version has its own event, which judges it anew.
                return true;
            case MoveOutcome.SourceArchived:
                return await TryStayAsync(record, "A duplicate, but its blob is in the Archive tier, where it cannot be copied: it stays where it is.", cancellation);
        }

        if (!await IsStillDuplicateAsync(record, cancellation) || !await IsOfModelAsync(record, cancellation))
        {
            return await TryTakeBackAsync(record, cancellation);
        }

        return await quarantine.DeleteSourceAsync(record.Path, record.BlobETag, cancellation) switch
        {
            DeleteOutcome.Deleted => await TrySettleAsync(record with { State = ImageState.Quarantined, Reason = null, WaitingSince = null }, cancellation),
            DeleteOutcome.HasSnapshots =>
                await TryStayAsync(record, "A duplicate, but its blob has snapshots that a move would delete: it stays where it is.", cancellation),
            DeleteOutcome.Leased => await TryWaitForLeaseAsync(record, cancellation),
            _ => true,
        };
    }

    private async Task<bool> TrySettleAsync(ImageRecord record, CancellationToken cancellation)
    {
        if (await ledger.TryWriteAsync(record with { DecidedAt = await storage.NowAsync(cancellation) }, cancellation) is null)
        {
            return false;
        }

        await index.SyncAsync(record.Id, cancellation);
        return true;
    }

    /// <summary>The move waits, and its recheck goes on with it; meanwhile the record says why.</summary>
    private async Task<bool> TryWaitForLeaseAsync(ImageRecord record, CancellationToken cancellation) =>
        record.WaitingSince is not null || await ledger.TryWriteAsync(
            record with
            {
                Reason = "A duplicate, but somebody holds a lease on its blob: it is moved to quarantine when the lease has ended.",
                WaitingSince = await storage.NowAsync(cancellation),
            },
            cancellation) is not null;

    private async Task<bool> TryStayAsync(ImageRecord record, string reason, CancellationToken cancellation)
    {
        var stays = await TrySettleAsync(
            record with { State = ImageState.Indexing, QuarantineName = null, Reason = reason, WaitingSince = null }, cancellation);
        if (stays)
        {
            await quarantine.DeleteCopyAsync(record.QuarantineName!, record.Path, record.BlobETag, cancellation);
        }

        return stays;
    }

    /// <summary>What it duplicates must be live at the moment that the original goes: the last live copy is never taken.</summary>
    private async Task<bool> IsStillDuplicateAsync(ImageRecord record, CancellationToken cancellation)
    {
        var other = await ledger.FindAsync(record.DuplicateOf!.Id, cancellation);
        return AnnouncementRules.StillHolds(other?.State, other?.Sequence ?? 0, record.DuplicateOfSequence)
            || await quarantine.IsSourceGoneAsync(record.Path, cancellation);
    }

    /// <summary>A move that another model decided is not begun; where the original is gone already, it is finished.</summary>
    private async Task<bool> IsOfModelAsync(ImageRecord record, CancellationToken cancellation) =>
        model.Made(record) || await quarantine.IsSourceGoneAsync(record.Path, cancellation);

    private async Task<bool> TryTakeBackAsync(ImageRecord record, CancellationToken cancellation)
    {
        // Another worker may have found it still a duplicate, and be about to delete the original: from now on it cannot.
        if (await quarantine.TryRenewSourceAsync(record.Path, record.BlobETag, cancellation) is not { } renewed)
        {
            return true;
        }

        if (await ledger.TryWriteAsync(Undecided(record) with { BlobETag = renewed }, cancellation) is not { } written)
        {
            return false;
        }

        await quarantine.DeleteCopyAsync(record.QuarantineName!, record.Path, renewed, cancellation);
        return await TryDecideAsync(written, cancellation);
    }

    private static ImageRecord Undecided(ImageRecord record) => record with
    {
        State = ImageState.Announced,
        Verdict = null,
        DuplicateOf = null,
        DuplicateOfSequence = 0,
        Nearest = null,
        Similarity = null,
        Evidence = null,
        DecidedAt = null,
        QuarantineName = null,
        Reason = null,
        WaitingSince = null,
    };
}
