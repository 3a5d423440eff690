using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>
/// Checks a difference again before repairing it: the listings are minutes old by then, and disagree while anything changes.
/// </summary>
internal sealed class DifferenceCheck(
    ImageStore store,
    QuarantineStore quarantine,
    ImageLedger ledger,
    ImageIndex index,
    ListingRepair listings,
    SheetComparison sheets
)
{
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
            case DifferenceKind.WrongListing:
                return await listings.IsWrongAsync(finding, cancellation);
        }

        var record = await ledger.FindAsync(finding.Id, cancellation);
        if (finding.Kind is DifferenceKind.MissingParts or DifferenceKind.OrphanParts)
        {
            return await sheets.StillHoldsAsync(finding.Kind, record, finding.Id, settledBefore, cancellation);
        }

        var facts = finding.ImagePath is { } path && path.Container == store.Images ? await store.FactsAsync(path, cancellation) : null;
        var hasDocument = await index.HasAsync(finding.Id, cancellation);
        var hasCopy = record?.QuarantineName is { } name && await quarantine.Blob(name).ExistsAsync(cancellation);
        var blob = facts is null ? null : new ListedBlob(finding.ImagePath!, facts.Version, facts.Bytes, facts.UploadedAt);
        var now = new ImageFacts(
            record is null ? null : ImageBrief.Of(record),
            blob,
            hasDocument,
            hasCopy,
            record is null || sheets.Model.Made(record),
            IsDocumentOfModel: !hasDocument || finding.Kind != DifferenceKind.MissingDocument,
            IsDocumentOfToday: !hasDocument || finding.Kind != DifferenceKind.OutdatedDocument
        );
        return Differences.Of(now, settledBefore) == finding.Kind;
    }

    /// <summary>Whether an upload is listed but cannot be addressed.</summary>
    public async Task<bool> IsUnreachableAsync(Finding finding, CancellationToken cancellation) =>
        finding is { Kind: DifferenceKind.MissedUpload, ImagePath: { } path } && await store.IsUnreachableAsync(path, cancellation);
}
