namespace Serverless.Reconcile;

/// <summary>What a reconciliation found and did.</summary>
/// <param name="DryRun">True where nothing was changed.</param>
/// <param name="Found">All differences, also those not listed.</param>
/// <param name="Differences">The first thousand.</param>
/// <param name="More">True where there are more than those listed.</param>
internal sealed record ReconcileReport(
    bool DryRun, ReconcileCounts Checked, int Found, IReadOnlyList<ReportedDifference> Differences, bool More, double TookMs);

/// <summary>How many of each were looked at.</summary>
internal sealed record ReconcileCounts(long Blobs, long Quarantined, long Records, long Documents, long Announcements);

/// <param name="Path">Where the image was uploaded; for an orphan copy, the name of the blob in quarantine.</param>
/// <param name="What">What is wrong, in words.</param>
/// <param name="Action">What puts it right, in words.</param>
/// <param name="Repaired">True where that was done, or handed to the queue that does it.</param>
internal sealed record ReportedDifference(DifferenceKind Kind, string Id, string? Path, string What, string Action, bool Repaired);
