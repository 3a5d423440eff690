using Serverless.Imaging;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>
/// One image's claim to a place in the total order. <paramref name="Cause"/> names what made it (a blob version, a restore), so
/// that a repeated attempt finds the claim it already has. <paramref name="CopyVector"/> is the unit vector of the
/// near-duplicate search.
/// </summary>
internal sealed record Announcement(
    ImagePath Path,
    string Cause,
    string Sha256,
    ReadOnlyMemory<float> CopyVector,
    Fingerprint Fingerprint,
    long Sequence = 0
)
{
    public string Id => Path.Id;

    /// <summary>Name of the model that made the vector.</summary>
    public string? Model { get; init; }

    /// <summary>Hash of the files of that model.</summary>
    public string? ModelRevision { get; init; }
}

/// <summary>An announcement as a listing shows it.</summary>
/// <param name="Key">The key of its row.</param>
/// <param name="Path">Null where it cannot be read.</param>
/// <param name="Fault">Why the row cannot be read; null where it can.</param>
internal sealed record ListedAnnouncement(string Key, ImagePath? Path, long Sequence, DateTimeOffset WrittenAt, string? Fault)
{
    public string Id => Path?.Id ?? "";
}
