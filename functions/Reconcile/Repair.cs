using System.Globalization;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline;
using Serverless.Pipeline.Steps;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>Looks at one difference again, and puts it right with the same steps that events take.</summary>
internal sealed class Repair(
    ImageStore store,
    QuarantineStore quarantine,
    ImageLedger ledger,
    AnnouncementLog log,
    ImageIndex index,
    PublishImage publish,
    ImagePipeline pipeline,
    RecheckQueue recheck,
    QuarantineRecovery recovery,
    DuplicateTable duplicates,
    EmbeddingModel model
)
{
    /// <summary>The listings are minutes old by now, and disagree while something moves.</summary>
    public async Task<bool> StillHoldsAsync(Finding finding, DateTimeOffset settledBefore, CancellationToken cancellation)
    {
        switch (finding.Kind)
        {
            case DifferenceKind.OrphanCopy
            or DifferenceKind.LeftoverAnnouncement
            or DifferenceKind.UnreadableAnnouncement
            or DifferenceKind.Unaddressable:
                return true;
            case DifferenceKind.UnreadableRecord when !ImagePath.IsId(finding.Id):
                return true;
            case DifferenceKind.WrongListing when finding.Key is null:
                return await ledger.FindAsync(finding.Id, cancellation) is { ListedAs: not null } listed
                    && DuplicateEntry.Of(listed) is not null;
            case DifferenceKind.WrongListing:
                return await duplicates.FindAsync(finding.Partition!, finding.Key, cancellation) is { } row
                    && await ledger.FindAsync(finding.Id, cancellation) is var about
                    && about?.State != ImageState.Unreadable
                    && !DuplicateTable.IsRowOf(row, about is null ? null : DuplicateEntry.Of(about));
        }

        var record = await ledger.FindAsync(finding.Id, cancellation);
        var facts = finding.ImagePath is { } path && path.Container == store.Images ? await store.FactsAsync(path, cancellation) : null;
        var hasDocument = await index.HasAsync(finding.Id, cancellation);
        var hasCopy = record?.QuarantineName is { } name && await quarantine.Blob(name).ExistsAsync(cancellation);
        var blob = facts is null ? null : new ListedBlob(finding.ImagePath!, facts.Version, facts.Bytes, facts.UploadedAt);
        var now = new ImageFacts(
            record is null ? null : ImageBrief.Of(record),
            blob,
            hasDocument,
            hasCopy,
            record is null || model.Made(record),
            IsDocumentOfModel: !hasDocument || finding.Kind != DifferenceKind.MissingDocument,
            IsDocumentOfToday: !hasDocument || finding.Kind != DifferenceKind.OutdatedDocument
        );
        return Differences.Of(now, settledBefore) == finding.Kind;
    }

    /// <summary>True for an upload that is listed, and of which nothing can be asked.</summary>
    public async Task<bool> IsUnreachableAsync(Finding finding, CancellationToken cancellation) =>
        finding is { Kind: DifferenceKind.MissedUpload, ImagePath: { } path } && await store.IsUnreachableAsync(path, cancellation);

    /// <summary>Null where it was put right, or handed to the queue that does; otherwise why it was not.</summary>
    public async Task<string?> RunAsync(Finding finding, CancellationToken cancellation)
    {
        switch (finding.Kind)
        {
            case DifferenceKind.MissedUpload or DifferenceKind.OtherModel or DifferenceKind.Stuck:
                await recheck.SendAsync(RecheckMessage.LookAt(finding.ImagePath!), TimeSpan.Zero, cancellation);
                return null;
            case DifferenceKind.MissedDeletion:
                await pipeline.AdvanceAsync(finding.ImagePath!, Occasion.Event, cancellation);
                return null;
            case DifferenceKind.MissingDocument or DifferenceKind.OrphanDocument or DifferenceKind.OutdatedDocument:
                await SyncAsync(finding.Id, cancellation);
                return null;
            case DifferenceKind.LostCopy:
                return
                    await ledger.FindAsync(finding.Id, cancellation) is { State: ImageState.Quarantined } record
                    && await ledger.TryWriteAsync(record with { State = ImageState.Removed }, cancellation) is not null
                    && await publish.RunAsync(finding.Id, cancellation) is { State: ImageState.Removed } removed
                    && await ledger.TryDeleteAsync(removed, cancellation)
                    ? null
                    : Changed;
            case DifferenceKind.OrphanCopy:
                return await RecoverAsync(finding.Copy!, cancellation);
            case DifferenceKind.LeftoverAnnouncement:
                return await TrimAsync(finding, cancellation);
            case DifferenceKind.UnreadableAnnouncement when finding.Key == AnnouncementTable.CounterKey:
                return await log.TryRestartCounterAsync(long.Parse(finding.Partition!, CultureInfo.InvariantCulture), cancellation)
                    ? null
                    : Changed;
            case DifferenceKind.UnreadableAnnouncement:
                await log.TrimAsync(finding.Key!, cancellation);
                return null;
            case DifferenceKind.WrongListing:
                return await ListAsync(finding, cancellation);
            case DifferenceKind.UnreadableRecord:
                return await ReplaceAsync(finding, cancellation);
            default:
                return Differences.Action(finding.Kind);
        }
    }

    private const string Changed = "It changed meanwhile; the next reconciliation looks again.";

    /// <summary>What the index has under a key that is no id was never written by the app.</summary>
    private Task SyncAsync(string id, CancellationToken cancellation) =>
        ImagePath.IsId(id) ? publish.RunAsync(id, cancellation) : index.DeleteAsync(id, cancellation);

    private async Task<string?> TrimAsync(Finding finding, CancellationToken cancellation)
    {
        var sequence = long.Parse(finding.Key!, CultureInfo.InvariantCulture);
        await recheck.SendAsync(new RecheckMessage(finding.Id, sequence), TimeSpan.Zero, cancellation);
        return null;
    }

    private async Task<string?> RecoverAsync(string name, CancellationToken cancellation) =>
        await quarantine.FindAsync(name, cancellation) is { } copy && await recovery.TryRunAsync(copy, cancellation)
            ? null
            : "Its receipt does not say what it was, its bytes are not those of the receipt, or its path has another image by now: it "
                + "stays as it is.";

    private async Task<string?> ListAsync(Finding finding, CancellationToken cancellation)
    {
        var record = await ledger.FindAsync(finding.Id, cancellation);
        var entry = record is null ? null : DuplicateEntry.Of(record);
        if (finding.Key is null)
        {
            await duplicates.AddAsync(entry!, cancellation);
        }
        else if (await duplicates.FindAsync(finding.Partition!, finding.Key, cancellation) is { } row)
        {
            await duplicates.RepairAsync(finding.Partition!, finding.Key, row.Version, entry, cancellation);
        }

        return null;
    }

    /// <summary>
    /// The blob says what the row cannot: at its path it is judged anew, in quarantine its receipt tells. Only where there is
    /// neither is the row taken away.
    /// </summary>
    private async Task<string?> ReplaceAsync(Finding finding, CancellationToken cancellation)
    {
        if (finding.ImagePath is { } path && path.Container == store.Images && await store.FactsAsync(path, cancellation) is not null)
        {
            await recheck.SendAsync(RecheckMessage.LookAt(path), TimeSpan.Zero, cancellation);
            return null;
        }

        if (finding.Copy is { } copy)
        {
            return await RecoverAsync(copy, cancellation);
        }

        if (await ledger.FindAsync(finding.Id, cancellation) is not { State: ImageState.Unreadable } record)
        {
            return ImagePath.IsId(finding.Id) ? null : "Nothing of the app reads this row: delete it by hand.";
        }

        // No blob is left of which it could tell.
        await index.DeleteAsync(finding.Id, cancellation);
        return await ledger.TryDeleteAsync(record, cancellation) ? null : Changed;
    }
}
