using Serverless.Duplicates;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Ingest;

/// <summary>What became of a restore.</summary>
internal enum RestoreOutcome
{
    Restored,
    Unknown,
    NotQuarantined,
    PathTaken,
    Missing,
}

/// <summary>
/// Puts a quarantined image back where it was uploaded. Where a person wants it so, it is remembered that it is no duplicate of
/// anything that it matches now; the rules themselves have an image back only when they do not call it one.
/// It announces itself anew, so that a copy uploaded meanwhile is later in the order and is still caught.
/// </summary>
internal sealed class RestoreMove(
    ImageLedger ledger,
    NewPlace place,
    QuarantinedVectors vectors,
    DuplicateJudge judge,
    QuarantineStore quarantine,
    ImageStore store,
    IndexWriter index,
    RecheckQueue recheck,
    StorageClock storage)
{
    /// <param name="byRules">Whether the rules have it back, and no person said that it is no duplicate.</param>
    public async Task<RestoreOutcome> RunAsync(string id, CancellationToken cancellation, bool byRules = false)
    {
        while (true)
        {
            if (await TryRunAsync(id, byRules, cancellation) is { } outcome)
            {
                return outcome;
            }
        }
    }

    /// <summary>One attempt; null where the record changed meanwhile and is to be looked at again.</summary>
    private async Task<RestoreOutcome?> TryRunAsync(string id, bool byRules, CancellationToken cancellation)
    {
        var record = await ledger.FindAsync(id, cancellation);
        switch (record?.State)
        {
            case null or ImageState.Removed:
                return RestoreOutcome.Unknown;
            case ImageState.Restoring:
                break;
            case ImageState.Quarantined:
                if (await store.FactsAsync(record.Path, cancellation) is not null)
                {
                    return RestoreOutcome.PathTaken;
                }

                if (!await QuarantineStore.HoldsAsync(quarantine.Blob(record.QuarantineName!), record.Sha256!, cancellation))
                {
                    return RestoreOutcome.Missing;
                }

                if (await vectors.RenewAsync(record, cancellation) is not { } renewed)
                {
                    return RestoreOutcome.Missing;
                }

                var restoring = renewed with { State = ImageState.Restoring, IsRestoredByRules = byRules };
                if (await place.TryTakeAsync(restoring, $"restore:{record.Sequence}", cancellation) is not { } begun)
                {
                    return null;
                }

                record = begun;
                break;
            default:
                return RestoreOutcome.NotQuarantined;
        }

        if (await TryFinishAsync(record, cancellation))
        {
            return RestoreOutcome.Restored;
        }

        // Another restore has finished it, another upload has taken the path, or the row was written without a change of state.
        var now = await ledger.FindAsync(id, cancellation);
        return now is { IsLive: true } ? RestoreOutcome.Restored
            : now?.RowVersion == record.RowVersion ? RestoreOutcome.PathTaken
            : null;
    }

    /// <summary>Finishes a restore, from wherever it stopped; false where the blob at the path is not the one to restore.</summary>
    public async Task<bool> TryFinishAsync(ImageRecord record, CancellationToken cancellation)
    {
        if (await WithPlaceAsync(record, cancellation) is not { } placed)
        {
            return false;
        }

        record = placed;
        var judgement = await judge.JudgeRestoredAsync(record, cancellation);
        var etag = await quarantine.CopyOutAsync(record.QuarantineName!, record.Path, record.Sha256!, Receipt.Keys, cancellation);
        if (etag is null)
        {
            return false;
        }

        var restored = record.Judged(judgement, await storage.NowAsync(cancellation)) with { State = ImageState.Indexing, BlobETag = etag, IsRestoredByRules = false };
        if (await ledger.TryWriteAsync(restored, cancellation) is null)
        {
            return false;
        }

        await index.SyncAsync(record.Id, cancellation);
        await DeleteCopyAsync(record.Path, cancellation);

        // The event of a deletion may have come before the row said that there is something to delete.
        if (await quarantine.IsSourceGoneAsync(record.Path, cancellation))
        {
            await recheck.SendAsync(RecheckMessage.LookAt(record.Path), TimeSpan.Zero, cancellation);
        }

        return true;
    }

    /// <summary>A restore that began under another model takes a place anew, with vectors of the model in use; null where it cannot.</summary>
    private async Task<ImageRecord?> WithPlaceAsync(ImageRecord record, CancellationToken cancellation)
    {
        var renewed = await vectors.RenewAsync(record, cancellation);
        return renewed is null || ReferenceEquals(renewed, record)
            ? renewed
            : await place.TryTakeAsync(renewed, $"restore:{record.Sequence}", cancellation);
    }

    /// <summary>The last step of a restore: a live record that still names a blob in quarantine has its bytes at its path as well.</summary>
    public async Task DeleteCopyAsync(ImagePath path, CancellationToken cancellation)
    {
        while (await ledger.FindAsync(path.Id, cancellation) is { IsLive: true, QuarantineName: { } name } record)
        {
            await quarantine.DeleteCopyAsync(name, path, record.BlobETag, cancellation);
            if (await ledger.TryWriteAsync(record with { QuarantineName = null }, cancellation) is not null)
            {
                return;
            }
        }
    }
}
