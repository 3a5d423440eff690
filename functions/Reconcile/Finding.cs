using System.Text.Json.Serialization;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>What became of a finding.</summary>
internal enum Outcome
{
    /// <summary>Not looked at again yet; in a dry run, told and left.</summary>
    Found,

    /// <summary>Put right, or handed to the queue that does.</summary>
    Repaired,

    /// <summary>It could not be put right; the reason says why.</summary>
    Failed,

    /// <summary>When it was looked at again, all sides agreed.</summary>
    Settled,
}

/// <summary>A difference as the comparison of the listings shows it, and what became of it.</summary>
/// <param name="Id">The image; the key of a row that is no image's.</param>
/// <param name="Path">Where it was uploaded, where that is known.</param>
/// <param name="Key">The row that is meant, where it is not the record: its key in the log, or its key in the list of duplicates.</param>
/// <param name="Partition">The partition of that row; for the counter of places, the highest place that a record has.</param>
/// <param name="Copy">The blob in quarantine.</param>
/// <param name="Reason">What is wrong in this case, or why it could not be put right.</param>
internal sealed record Finding(
    DifferenceKind Kind,
    string Id,
    string? Path,
    string? Key = null,
    string? Partition = null,
    string? Copy = null,
    string? Reason = null,
    Outcome Outcome = Outcome.Found
)
{
    [JsonIgnore]
    public ImagePath? ImagePath => Storage.ImagePath.TryParse(Path);
}
