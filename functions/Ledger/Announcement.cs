using Serverless.Imaging;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>
/// One image's place in the total order. <paramref name="Cause"/> identifies its cause (a blob version, a restore), so that a repeated
/// attempt finds its existing place. <paramref name="CopyVector"/> is the unit vector for the near-duplicate search.
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

    /// <summary>Hash of that model's files.</summary>
    public string? ModelRevision { get; init; }
}

/// <summary>An announcement in a listing.</summary>
/// <param name="Key">Its row key.</param>
/// <param name="Path">Null if it cannot be read.</param>
/// <param name="Fault">Why the row cannot be read; null if it can.</param>
internal sealed record ListedAnnouncement(string Key, ImagePath? Path, long Sequence, DateTimeOffset WrittenAt, string? Fault)
{
    public string Id => Path?.Id ?? "";
}
