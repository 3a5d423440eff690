using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline;

/// <summary>
/// Checks an image some time after its record was written: finishes what a crash left half done, judges a live image again once the index
/// has caught up, and removes the announcement from the log.
/// </summary>
internal sealed class SecondLook(ImageStore blobs, ImageLedger ledger, AnnouncementLog log, ImagePipeline pipeline, SecondLookSteps steps)
{
    public async Task RunAsync(RecheckMessage message, CancellationToken cancellation)
    {
        if (message.Path is not null)
        {
            if (ImagePath.TryParse(message.Path) is { } path && path.Container == blobs.Images)
            {
                await pipeline.AdvanceAsync(path, Occasion.Resumption, cancellation);
            }

            return;
        }

        var record = await ledger.FindAsync(message.Id, cancellation);
        if (record is null or { State: ImageState.Unreadable } || record.Sequence < message.Sequence)
        {
            await FinishUnrecordedAsync(message, cancellation);
        }
        else if (record.Sequence > message.Sequence)
        {
            await GiveUpAsync(message, record, cancellation);
        }
        else
        {
            await LookAsync(message, record, cancellation);
        }
    }

    /// <summary>For an image whose record still has the announcement's place.</summary>
    private async Task LookAsync(RecheckMessage message, ImageRecord record, CancellationToken cancellation)
    {
        switch (record.State)
        {
            case ImageState.Announced or ImageState.Quarantining or ImageState.Restoring or ImageState.Indexing:
                await pipeline.AdvanceAsync(record.Path, Occasion.Resumption, cancellation);
                await steps.Later.RunAsync(message, record, cancellation);
                return;
            case ImageState.Removed:
                await log.TrimAsync(message.Sequence, cancellation);
                await steps.Forget.TryRunAsync(record.Id, cancellation);
                return;
            case ImageState.Indexed when await steps.Live.RunAsync(record, cancellation) is { } delay:
                await steps.Later.RunAsync(message, delay, cancellation);
                return;
            case ImageState.Indexed:
                // Its document was written before the record said "indexed", and whoever changes the record publishes it.
                if (record.QuarantineName is not null)
                {
                    await steps.Publish.SettleAsync(record.Path, cancellation);
                }

                await log.TrimAsync(message.Sequence, cancellation);
                return;
            default:
                await LookAtSettledAsync(message, record, cancellation);
                return;
        }
    }

    private async Task LookAtSettledAsync(RecheckMessage message, ImageRecord record, CancellationToken cancellation)
    {
        await steps.Publish.RunAsync(record, cancellation);
        var own = await steps.Relink.RunAsync(record.Id, cancellation);
        var followers = await steps.Relink.FollowersAsync(record.Id, cancellation);
        if (own == StepResult.Done && followers == StepResult.Done)
        {
            await log.TrimAsync(message.Sequence, cancellation);
        }
        else
        {
            await steps.Later.RunAsync(message, cancellation);
        }
    }

    /// <summary>
    /// The process crashed between announcing the image and writing its record: the blob at the path is ingested, and the announcement
    /// dropped unless it is used.
    /// </summary>
    private async Task FinishUnrecordedAsync(RecheckMessage message, CancellationToken cancellation)
    {
        if (!ImagePath.IsId(message.Id) || await log.FindAsync(message.Sequence, cancellation) is not { } announcement)
        {
            return;
        }

        await pipeline.AdvanceAsync(announcement.Path, Occasion.Resumption, cancellation);
        var record = await ledger.FindAsync(message.Id, cancellation);
        if (record?.Sequence == message.Sequence && record.State != ImageState.Unreadable)
        {
            await steps.Later.RunAsync(message, cancellation);
        }
        else
        {
            await GiveUpAsync(message, record, cancellation);
        }
    }

    /// <summary>
    /// Drops an announcement that no record refers to. Touching the record first makes a slow worker's conditional write of that place
    /// fail.
    /// </summary>
    private async Task GiveUpAsync(RecheckMessage message, ImageRecord? record, CancellationToken cancellation)
    {
        if (record is null or { State: ImageState.Unreadable } || await ledger.TryWriteAsync(record, cancellation) is not null)
        {
            await log.TrimAsync(message.Sequence, cancellation);
        }
        else
        {
            await steps.Later.RunAsync(message, cancellation);
        }
    }
}
