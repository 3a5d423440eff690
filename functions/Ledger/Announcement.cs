using Serverless.Imaging;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>
/// One image's claim to a place in the total order. <paramref name="Cause"/> names what made it (a blob version, a restore), so
/// that a repeated attempt finds the claim it already has. <paramref name="CopyVector"/> is the unit vector of the
/// near-duplicate search.
/// </summary>
internal sealed record Announcement(
    ImagePath Path, string Cause, string Sha256, ReadOnlyMemory<float> CopyVector, Fingerprint Fingerprint, long Sequence = 0)
{
    public string Id => Path.Id;

    /// <summary>Name of the model that made the vector.</summary>
    public string? Model { get; init; }

    /// <summary>Hash of the files of that model.</summary>
    public string? ModelRevision { get; init; }
}

/// <summary>An announcement as a listing shows it.</summary>
internal sealed record ListedAnnouncement(ImagePath Path, long Sequence, DateTimeOffset WrittenAt)
{
    public string Id => Path.Id;
}
