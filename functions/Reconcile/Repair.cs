using Serverless.Embeddings;
using Serverless.Ingest;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>Looks at one difference again, and puts it right with the same steps that events take.</summary>
internal sealed class Repair(
    ImageStore store, QuarantineStore quarantine, ImageLedger ledger, ImageIndex index, IndexWriter writer, ImageRemoval removal,
    RecheckQueue recheck, QuarantineRecovery recovery, EmbeddingModel model)
{
    /// <summary>The listings are minutes old by now, and disagree while something moves.</summary>
    public async Task<bool> StillHoldsAsync(Finding finding, DateTimeOffset settledBefore, CancellationToken cancellation)
    {
        if (finding.Kind is DifferenceKind.OrphanCopy or DifferenceKind.LeftoverAnnouncement)
        {
            return true;
        }

        var record = await ledger.FindBriefAsync(finding.Id, cancellation);
        var facts = finding.Path is { } path && path.Container == store.Images ? await store.FactsAsync(path, cancellation) : null;
        var hasDocument = await index.HasAsync(finding.Id, cancellation);
        var hasCopy = record?.QuarantineName is { } name && await quarantine.Blob(name).ExistsAsync(cancellation);
        var blob = facts is null ? null : new ListedBlob(finding.Path!, facts.Version, facts.Bytes, facts.UploadedAt);
        return Differences.Of(new ImageFacts(record, blob, hasDocument, hasCopy, record is null || model.Is(record.Model, record.ModelRevision)), settledBefore) == finding.Kind;
    }

    /// <summary>True where it was put right, or handed to the queue that does.</summary>
    public async Task<bool> RunAsync(Finding finding, CancellationToken cancellation)
    {
        switch (finding.Kind)
        {
            case DifferenceKind.MissedUpload or DifferenceKind.OtherModel or DifferenceKind.Stuck:
                await recheck.SendAsync(RecheckMessage.LookAt(finding.Path!), TimeSpan.Zero, cancellation);
                return true;
            case DifferenceKind.MissedDeletion:
                await removal.RunAsync(finding.Path!, cancellation);
                return true;
            case DifferenceKind.MissingDocument or DifferenceKind.OrphanDocument:
                await writer.SyncAsync(finding.Id, cancellation);
                return true;
            case DifferenceKind.LostCopy:
                return await ledger.FindAsync(finding.Id, cancellation) is { State: ImageState.Quarantined } record
                    && await ledger.TryWriteAsync(record with { State = ImageState.Removed }, cancellation) is { } removed
                    && await ledger.TryDeleteAsync(removed, cancellation);
            case DifferenceKind.OrphanCopy:
                return await recovery.TryRunAsync(finding.Copy!, cancellation);
            default:
                await recheck.SendAsync(new RecheckMessage(finding.Id, finding.Sequence), TimeSpan.Zero, cancellation);
                return true;
        }
    }
}
