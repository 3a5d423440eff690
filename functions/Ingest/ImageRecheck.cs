using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Ingest;

/// <summary>
/// The second look, once the search index shows what it must: finishes what a crash left half done, repeats the check for a
/// live image, and takes its announcement out of the log.
/// </summary>
internal sealed class ImageRecheck(
    ImageStore store,
    ImageLedger ledger,
    AnnouncementLog log,
    RecheckQueue queue,
    ImageIngest ingest,
    Decision decision,
    DuplicateJudge judge,
    RestoreMove restore,
    Relink relink,
    IndexWriter index,
    IOptions<DuplicateOptions> options,
    EmbeddingModel model,
    StorageClock storage)
{
    public async Task RunAsync(RecheckMessage message, CancellationToken cancellation)
    {
        if (message.Path is not null)
        {
            await LookAtAsync(message.Path, cancellation);
            return;
        }

        if (!ImagePath.IsId(message.Id))
        {
            return;
        }

        var record = await ledger.FindAsync(message.Id, cancellation);
        if (record is null or { State: ImageState.Unreadable } || record.Sequence < message.Sequence)
        {
            await FinishUnrecordedAsync(message, cancellation);
            return;
        }

        if (record.Sequence > message.Sequence)
        {
            await GiveUpAsync(message, record, cancellation);
            return;
        }

        switch (record.State)
        {
            case ImageState.Announced or ImageState.Quarantining or ImageState.Restoring or ImageState.Indexing:
                await FinishAsync(record.Path, record, cancellation);
                await AgainAsync(message, await DelayAsync(record, cancellation), cancellation);
                return;
            case ImageState.Removed:
                await log.TrimAsync(message.Sequence, cancellation);
                if (await index.SyncAsync(record.Id, cancellation) is { State: ImageState.Removed } removed)
                {
                    await ledger.TryDeleteAsync(removed, cancellation);
                }

                return;
            case ImageState.Indexed:
                await RecheckLiveAsync(record, message, cancellation);
                return;
            default:
                await index.SyncAsync(record.Id, cancellation);
                if (await relink.RunAsync(record.Id, cancellation) & await relink.FollowersAsync(record.Id, cancellation))
                {
                    await log.TrimAsync(message.Sequence, cancellation);
                    return;
                }

                await AgainAsync(message, options.Value.VisibilityWindow, cancellation);
                return;
        }
    }

    /// <summary>Whatever was missed at this path is done: an upload, a deletion, the rest of a move.</summary>
    private async Task LookAtAsync(string text, CancellationToken cancellation)
    {
        if (ImagePath.TryParse(text) is { } path && path.Container == store.Images)
        {
            await FinishAsync(path, await ledger.FindAsync(path.Id, cancellation), cancellation);
        }
    }

    /// <summary>Goes on from wherever the image stopped on its way.</summary>
    private async Task FinishAsync(ImagePath path, ImageRecord? record, CancellationToken cancellation)
    {
        if (record?.State != ImageState.Restoring || !await restore.TryFinishAsync(record, cancellation))
        {
            await ingest.RunAsync(path, cancellation);
        }
    }

    /// <summary>An announcement that no record tells of: a crash came between the two. What it announced is processed, or is no longer there.</summary>
    private async Task FinishUnrecordedAsync(RecheckMessage message, CancellationToken cancellation)
    {
        if (await log.FindAsync(message.Sequence, cancellation) is not { } announcement)
        {
            return;
        }

        await ingest.RunAsync(announcement.Path, cancellation);
        var record = await ledger.FindAsync(message.Id, cancellation);
        if (record?.Sequence == message.Sequence && record.State != ImageState.Unreadable)
        {
            await AgainAsync(message, options.Value.VisibilityWindow, cancellation);
        }
        else
        {
            await GiveUpAsync(message, record, cancellation);
        }
    }

    /// <summary>
    /// Takes a place out of the log of which the record does not tell. The record is written as it is: a slow worker that has the
    /// place, and is about to write so, finds the record changed and takes another one.
    /// </summary>
    private async Task GiveUpAsync(RecheckMessage message, ImageRecord? record, CancellationToken cancellation)
    {
        if (record is null or { State: ImageState.Unreadable } || await ledger.TryWriteAsync(record, cancellation) is not null)
        {
            await log.TrimAsync(message.Sequence, cancellation);
        }
        else
        {
            await AgainAsync(message, options.Value.VisibilityWindow, cancellation);
        }
    }

    private async Task RecheckLiveAsync(ImageRecord record, RecheckMessage message, CancellationToken cancellation)
    {
        if (!model.Made(record))
        {
            await ingest.RunAsync(record.Path, cancellation);
            await AgainAsync(message, options.Value.VisibilityWindow, cancellation);
            return;
        }

        // The row says "indexed" since then, or since a while before.
        var remaining = record.WrittenAt + options.Value.VisibilityWindow - await storage.NowAsync(cancellation);
        if (remaining > TimeSpan.Zero)
        {
            await AgainAsync(message, remaining, cancellation);
            return;
        }

        var judgement = await judge.JudgeAsync(record, cancellation);
        if (judgement.IsProvisional)
        {
            await AgainAsync(message, options.Value.VisibilityWindow, cancellation);
            return;
        }

        if (judgement.Verdict.IsDuplicate() && !(record.Verdict?.IsDuplicate() ?? false))
        {
            await decision.TryApplyAsync(record, judgement, cancellation);
            await relink.FollowersAsync(record.Id, cancellation);
            await AgainAsync(message, options.Value.VisibilityWindow, cancellation);
            return;
        }

        if (judgement.Displaced.Count > 0 && !record.StaysInPlace)
        {
            await decision.DisplaceAsync(judgement.Displaced, cancellation);
            await AgainAsync(message, options.Value.VisibilityWindow, cancellation);
            return;
        }

        await index.SyncAsync(record.Id, cancellation);
        await restore.DeleteCopyAsync(record.Path, cancellation);
        await log.TrimAsync(message.Sequence, cancellation);
    }

    /// <summary>A lease may have no end: the longer a move has waited, the later it is tried again.</summary>
    private async Task<TimeSpan> DelayAsync(ImageRecord record, CancellationToken cancellation)
    {
        var window = options.Value.VisibilityWindow;
        return record.WaitingSince is { } since && ImageWaiting.DelayOf(await storage.NowAsync(cancellation) - since, null) is var delay && delay > window
            ? delay
            : window;
    }

    private Task AgainAsync(RecheckMessage message, TimeSpan delay, CancellationToken cancellation) =>
        queue.SendAsync(message, delay < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : delay, cancellation);
}
