using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline.Steps;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>Repairs records and documents.</summary>
internal sealed class RecordRepair(
    ImageStore store,
    ImageLedger ledger,
    ImageIndex index,
    RecheckQueue recheck,
    QuarantineRecovery recovery,
    PublishImage publish
)
{
    /// <summary>The app never writes a document whose key is not an id.</summary>
    public async Task<string?> SyncAsync(string id, CancellationToken cancellation)
    {
        await (ImagePath.IsId(id) ? publish.RunAsync(id, cancellation) : index.DeleteAsync(id, cancellation));
        return null;
    }

    /// <summary>A record whose blob is gone from quarantine.</summary>
    public async Task<string?> RemoveAsync(string id, CancellationToken cancellation) =>
        await ledger.FindAsync(id, cancellation) is { State: ImageState.Quarantined } record
        && await ledger.TryWriteAsync(record with { State = ImageState.Removed }, cancellation) is not null
        && await publish.RunAsync(id, cancellation) is { State: ImageState.Removed } removed
        && await ledger.TryDeleteAsync(removed, cancellation)
            ? null
            : Repair.Changed;

    /// <summary>
    /// The blob replaces the row's information: at its path it is judged again, in quarantine its receipt is used. The row is deleted only
    /// if there is neither.
    /// </summary>
    public async Task<string?> ReplaceAsync(Finding finding, CancellationToken cancellation)
    {
        if (finding.ImagePath is { } path && path.Container == store.Images && await store.FactsAsync(path, cancellation) is not null)
        {
            await recheck.SendAsync(RecheckMessage.ForPath(path), TimeSpan.Zero, cancellation);
            return null;
        }

        if (finding.Copy is { } copy)
        {
            return await recovery.RunAsync(copy, cancellation);
        }

        if (await ledger.FindAsync(finding.Id, cancellation) is not { State: ImageState.Unreadable } record)
        {
            return ImagePath.IsId(finding.Id) ? null : "The app does not use this row: delete it by hand.";
        }

        // There is no blob left for the record.
        await index.DeleteAsync(finding.Id, cancellation);
        return await ledger.TryDeleteAsync(record, cancellation) ? null : Repair.Changed;
    }
}
