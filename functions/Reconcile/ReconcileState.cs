using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Reconcile;

/// <summary>A reconciliation's request, progress and counts.</summary>
internal sealed record ReconcileState
{
    /// <summary>Changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Read every row in full, not only those written since the last complete run.</summary>
    public bool Full { get; init; }

    /// <summary>Compare the listings first, then check each finding again.</summary>
    public bool IsCompared { get; init; }

    /// <summary>The id from which the comparison continues; null before the first part.</summary>
    public string? ComparedTo { get; init; }

    /// <summary>Rows written since this time are read in full; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Anything written later may still be in progress.</summary>
    public DateTimeOffset SettledBefore { get; init; }

    public ReconcileCounts Checked { get; init; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Findings checked again.</summary>
    public int LookedAt { get; init; }

    /// <summary>Of those, the ones that persisted.</summary>
    public int Found { get; init; }

    public int Repaired { get; init; }

    public int Failed { get; init; }

    /// <summary>There were more findings than one run handles.</summary>
    public bool IsCapped { get; init; }

    /// <summary>Found damage that only a full read shows: the next run must read as much again.</summary>
    public bool HasDamage { get; init; }

    /// <summary>The model and the index of the comparison.</summary>
    public string? For { get; init; }
}

/// <summary>The number of items compared.</summary>
/// <param name="Blobs">Images in the container.</param>
/// <param name="Quarantined">Blobs in quarantine.</param>
/// <param name="Records">Rows of the ledger.</param>
/// <param name="Documents">Documents of the index.</param>
/// <param name="Announcements">Announcements of the ledger.</param>
/// <param name="Read">Records read in full.</param>
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
