using Serverless.Ledger;
using Serverless.Search;

namespace Serverless.Duplicates;

/// <summary>
/// Finds what an image may duplicate, among everything announced before it: by bytes in the ledger, by vector in the search
/// index, and by vector among the announcements that the index may not show yet. The ledger says what each one is by now.
/// </summary>
internal sealed class CandidateFinder(
    ImageLedger ledger, AnnouncementLog log, RememberedDecisions decisions, ImageIndex index, DuplicatePolicy policy)
{
    /// <summary>Neighbours asked of the index. Remembered decisions and stale documents take places, so more than one.</summary>
    private const int Neighbours = 50;

    /// <summary>The images that match, best first, and the nearest image in the index.</summary>
    public async Task<(IReadOnlyList<Candidate> Candidates, Neighbour? Nearest)> FindAsync(ImageRecord record, CancellationToken cancellation)
    {
        var subject = SubjectOf(record);
        var sameBytes = ledger.IdsWithHashAsync(record.Sha256!, cancellation);
        var near = await index.NearestAsync(record.CopyVector, Neighbours, record.Id, cancellation);
        var announced = await AnnouncedAsync(record, subject, cancellation);
        var nearest = near.MaxBy(neighbour => neighbour.Similarity);

        var ids = near.Where(neighbour => neighbour.Similarity >= policy.Threshold - Rounding).Select(neighbour => neighbour.Id)
            .Concat(await sameBytes).Concat(announced.Keys).Where(id => id != record.Id).Distinct().ToList();
        var found = await Task.WhenAll(ids.Select(id => ResolveAsync(id, record, subject, announced.GetValueOrDefault(id), cancellation)));
        var candidates = found.OfType<Candidate>().ToList();
        candidates.Sort(Candidate.ByStrength);
        return (candidates, nearest);
    }

    /// <summary>Scores pass through float32 and back; the exact cosine is computed again from the ledger.</summary>
    private const double Rounding = 1e-5;

    private static Subject SubjectOf(ImageRecord record) => new(record.Sha256!, record.CopyVector, record.Fingerprint!);

    private async Task<Dictionary<string, Announcement>> AnnouncedAsync(ImageRecord record, Subject subject, CancellationToken cancellation)
    {
        var latest = new Dictionary<string, Announcement>();
        foreach (var other in await log.BeforeAsync(record.Sequence, cancellation))
        {
            if (other.Id != record.Id && other.CopyVector.Length == subject.CopyVector.Length
                && (other.Sha256 == subject.Sha256 || DuplicatePolicy.Cosine(other.CopyVector.Span, subject.CopyVector.Span) >= policy.Threshold))
            {
                latest[other.Id] = other;
            }
        }

        return latest;
    }

    private async Task<Candidate?> ResolveAsync(
        string id, ImageRecord record, Subject subject, Announcement? announcement, CancellationToken cancellation)
    {
        var other = await ledger.FindAsync(id, cancellation);
        var isDecided = other is not null && (announcement is null || other.Sequence > announcement.Sequence
            || (other.Sequence == announcement.Sequence && other.State != ImageState.Announced));
        var candidate = isDecided ? Decided(other!, record, subject) : Undecided(announcement, subject);
        if (candidate is null or { Pair.Verdict: Verdict.New })
        {
            return null;
        }

        return candidate.Pair.Verdict.IsDuplicate() && await decisions.HoldsAsync(record.Id, record.Sha256!, id, candidate.Sha256, cancellation)
            ? candidate with { Pair = DuplicatePolicy.Remembered(candidate.Pair) }
            : candidate;
    }

    private Candidate? Decided(ImageRecord other, ImageRecord record, Subject subject) =>
        other.IsLive && other.Sequence < record.Sequence && other.CopyVector.Length == record.CopyVector.Length
            ? Candidate.Of(other, policy.Compare(subject, SubjectOf(other)))
            : null;

    private Candidate? Undecided(Announcement? announcement, Subject subject) => announcement is null
        ? null
        : Candidate.Of(announcement, policy.Compare(subject, new Subject(announcement.Sha256, announcement.CopyVector, announcement.Fingerprint)));
}
