using Serverless.Pipeline;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>The queues that do what takes longer.</summary>
internal sealed record RepairQueues(RecheckQueue Rechecks, PartsQueue Parts);

/// <summary>Repairs a difference with the same steps as events.</summary>
internal sealed class Repair(
    ImagePipeline pipeline,
    RepairQueues queues,
    RecordRepair records,
    ListingRepair listings,
    AnnouncementRepair announcements,
    QuarantineRecovery recovery
)
{
    public const string Changed = "It changed meanwhile; the next reconciliation will check it again.";

    /// <summary>Null if it was repaired or handed to the queue that does it; otherwise why not.</summary>
    public async Task<string?> RunAsync(Finding finding, CancellationToken cancellation)
    {
        switch (finding.Kind)
        {
            case DifferenceKind.MissedUpload or DifferenceKind.OtherModel or DifferenceKind.Stuck:
                await queues.Rechecks.SendAsync(RecheckMessage.ForPath(finding.ImagePath!), TimeSpan.Zero, cancellation);
                return null;
            case DifferenceKind.MissingParts or DifferenceKind.OrphanParts:
                await queues.Parts.SendAsync(new PartsMessage(finding.Id, Repairs: true), TimeSpan.Zero, cancellation);
                return null;
            case DifferenceKind.MissedDeletion:
                await pipeline.AdvanceAsync(finding.ImagePath!, Occasion.Event, cancellation);
                return null;
            case DifferenceKind.MissingDocument or DifferenceKind.OrphanDocument or DifferenceKind.OutdatedDocument:
                return await records.SyncAsync(finding.Id, cancellation);
            case DifferenceKind.LostCopy:
                return await records.RemoveAsync(finding.Id, cancellation);
            case DifferenceKind.UnreadableRecord:
                return await records.ReplaceAsync(finding, cancellation);
            case DifferenceKind.OrphanCopy:
                return await recovery.RunAsync(finding.Copy!, cancellation);
            case DifferenceKind.LeftoverAnnouncement:
                return await announcements.TrimAsync(finding, cancellation);
            case DifferenceKind.UnreadableAnnouncement:
                return await announcements.RemoveUnreadableAsync(finding, cancellation);
            case DifferenceKind.WrongListing:
                return await listings.RunAsync(finding, cancellation);
            default:
                return Differences.Action(finding.Kind);
        }
    }
}
