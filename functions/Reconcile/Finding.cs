using System.Text.Json.Serialization;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>The outcome of a finding.</summary>
internal enum Outcome
{
    /// <summary>Not checked again yet; in a dry run, reported and left.</summary>
    Found,

    /// <summary>Repaired, or handed to the queue that does it.</summary>
    Repaired,

    /// <summary>The repair failed; the reason says why.</summary>
    Failed,

    /// <summary>The second check found no difference.</summary>
    Settled,
}

/// <summary>A difference between the listings, and its outcome.</summary>
/// <param name="Id">The image, or the key of a row that is not an image's.</param>
/// <param name="Path">The upload path, if known.</param>
/// <param name="Key">The row, if it is not the record: its key in the log or in the list of duplicates.</param>
/// <param name="Partition">That row's partition; for the counter of places, the highest place in any record.</param>
/// <param name="Copy">The blob in quarantine.</param>
/// <param name="Reason">The specific fault, or why the repair failed.</param>
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
