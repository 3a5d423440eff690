using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline;

/// <summary>What became of a request to set an image aside.</summary>
internal enum SetAsideOutcome
{
    Moved,

    /// <summary>It cannot be moved; its record says why.</summary>
    Stays,

    /// <summary>It is not live, or is being processed.</summary>
    NotLive,
}

/// <summary>
/// Moves a live image to quarantine because a person does not want it in the collection, although it is no copy. Restoring undoes it.
/// Copies in quarantine that were moved for it stay there. If the app stops in between, the second look finishes the move.
/// </summary>
internal sealed class SetAside(
    ImageLedger ledger,
    RecheckQueue recheck,
    ImagePipeline pipeline,
    StorageClock storage,
    IOptions<DuplicateOptions> options
)
{
    private const string OnRequest = "Set aside on request: it is no copy.";

    /// <param name="toTrash">Also puts it in the trash, from which it is deleted after <c>Duplicates:TrashRetention</c>.</param>
    public Task<SetAsideOutcome> RunAsync(string id, bool toTrash, CancellationToken cancellation) =>
        Race.UntilWonAsync(() => AttemptAsync(id, toTrash, cancellation));

    /// <summary>Null if the record changed meanwhile.</summary>
    private async Task<SetAsideOutcome?> AttemptAsync(string id, bool toTrash, CancellationToken cancellation)
    {
        switch (await ledger.FindAsync(id, cancellation))
        {
            case { IsSetAside: true, State: ImageState.Quarantined }:
                return SetAsideOutcome.Moved;
            case { IsSetAside: true, State: ImageState.Quarantining } begun:
                return await MoveAsync(begun, cancellation);
            case { State: ImageState.Indexed } record:
                return await BeginAsync(record, toTrash, cancellation) is { } moving ? await MoveAsync(moving, cancellation) : null;
            default:
                return SetAsideOutcome.NotLive;
        }
    }

    private async Task<ImageRecord?> BeginAsync(ImageRecord record, bool toTrash, CancellationToken cancellation)
    {
        await recheck.SendAsync(new RecheckMessage(record.Id, record.Sequence), options.Value.VisibilityWindow, cancellation);
        var moving = record with
        {
            State = ImageState.Quarantining,
            IsSetAside = true,
            TrashedAt = toTrash ? await storage.NowAsync(cancellation) : null,
            QuarantineName = QuarantineStore.NameOf(record.Path, record.BlobETag),
            Reason = OnRequest,
        };
        return await ledger.TryWriteAsync(moving, cancellation);
    }

    private async Task<SetAsideOutcome?> MoveAsync(ImageRecord moving, CancellationToken cancellation)
    {
        await pipeline.AdvanceAsync(moving.Path, Occasion.Resumption, cancellation);
        return await ledger.FindAsync(moving.Id, cancellation) is { State: ImageState.Quarantined }
            ? SetAsideOutcome.Moved
            : SetAsideOutcome.Stays;
    }
}
