using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Reconcile;

/// <summary>What a reconciliation was asked for, how far it is and what it counted.</summary>
internal sealed record ReconcileState
{
    /// <summary>Changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Every row is read in full, not only those written since the last complete run.</summary>
    public bool Full { get; init; }

    /// <summary>What the sides are is listed and compared; then each finding is looked at again.</summary>
    public bool IsCompared { get; init; }

    /// <summary>The id from which on the sides are still to be compared; null before the first part.</summary>
    public string? ComparedTo { get; init; }

    /// <summary>Rows written since then were read in full; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What was written later may still be on its way.</summary>
    public DateTimeOffset SettledBefore { get; init; }

    public ReconcileCounts Checked { get; init; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Findings looked at again.</summary>
    public int LookedAt { get; init; }

    /// <summary>Of those, what still held.</summary>
    public int Found { get; init; }

    public int Repaired { get; init; }

    public int Failed { get; init; }

    /// <summary>There were more findings than one run takes.</summary>
    public bool IsCapped { get; init; }

    /// <summary>Damage that only reading in full shows was found: the next run must read as much again.</summary>
    public bool HasDamage { get; init; }

    /// <summary>The model and the index that the sides were compared for.</summary>
    public string? For { get; init; }
}

/// <summary>How many of each were looked at.</summary>
/// <param name="Read">Records whose rows were read in full.</param>
internal sealed record ReconcileCounts(long Blobs, long Quarantined, long Records, long Documents, long Announcements, long Read)
{
    public ReconcileCounts Plus(ReconcileCounts more) =>
        new(
            Blobs + more.Blobs,
            Quarantined + more.Quarantined,
            Records + more.Records,
            Documents + more.Documents,
            Announcements + more.Announcements,
            Read + more.Read
        );
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault
)]
[JsonSerializable(typeof(ReconcileState))]
[JsonSerializable(typeof(Finding))]
internal sealed partial class ReconcileJson : JsonSerializerContext;
