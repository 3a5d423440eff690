using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Search;

namespace Serverless.Duplicates;

/// <summary>What was found near an image.</summary>
/// <param name="Candidates">The images that match, best first.</param>
/// <param name="Compared">Of those that were compared closely and do not match, the nearest.</param>
/// <param name="Nearest">The cosine of the nearest image in the index.</param>
internal sealed record CandidateSet(IReadOnlyList<Candidate> Candidates, Candidate? Compared, double? Nearest);

/// <summary>
/// Finds what an image may duplicate, among everything announced before it: by bytes in the ledger, by vector in the search
/// index, and by vector among the announcements that the index may not show yet. The ledger says what each one is by now.
/// The search is wider than the verdict: copies whose vectors have drifted apart are found by their pixels. What looks like a
/// copy at a small size is compared with the original.
/// </summary>
internal sealed class CandidateFinder(
    ImageLedger ledger,
    AnnouncementLog log,
    RememberedDecisions decisions,
    ImageIndex index,
    DuplicatePolicy policy,
    CandidateConfirmation confirmation,
    EmbeddingModel model
)
{
    /// <summary>Neighbours asked of the index. Remembered decisions and stale documents take places, so more than one.</summary>
    private const int Neighbours = 50;

    /// <summary>
    /// Of the neighbours below the threshold, how many are compared closely: a collection of like pictures must not cost more than the
    /// rest.
    /// </summary>
    private const int ComparedBelow = 8;

    /// <summary>Neighbours asked for each way of turning.</summary>
    private const int TurnedNeighbours = 10;

    /// <param name="withUndecided">Whether originals that are announced and undecided are compared, too.</param>
    public async Task<CandidateSet> FindAsync(ImageRecord record, CancellationToken cancellation, bool withUndecided = false)
    {
        var subject = SubjectOf(record);
        var sameBytes = ledger.IdsWithHashAsync(record.Sha256!, cancellation);

        // The log is read before the index is asked: what leaves the log in between is shown by the index already.
        var announced = await AnnouncedAsync(record, subject, cancellation);
        var near = await index.NearestAsync(record.CopyVector, Neighbours, record.Id, cancellation);
        var turned = await Task.WhenAll(
            record.Turned.Select(turn => index.NearestAsync(turn.Vector, TurnedNeighbours, record.Id, cancellation))
        );
        double? nearest = near.Count > 0 ? near.Max(neighbour => neighbour.Similarity) : null;

        var ids = Close(near, neighbour => neighbour.Similarity)
            .Select(neighbour => neighbour.Id)
            .Concat(turned.SelectMany(found => Close(found, neighbour => neighbour.Similarity)).Select(neighbour => neighbour.Id))
            .Concat(await sameBytes)
            .Concat(announced.Keys)
            .Where(id => id != record.Id)
            .Distinct()
            .ToList();
        var found = (await Task.WhenAll(ids.Select(id => ResolveAsync(id, record, subject, announced.GetValueOrDefault(id), cancellation))))
            .OfType<FoundCandidate>()
            .ToList();
        found.Sort((a, b) => Candidate.ByStrength(a.Candidate, b.Candidate));
        var candidates = (await confirmation.ConfirmAsync(record, found, withUndecided, cancellation)).ToList();
        candidates.Sort(Candidate.ByStrength);
        return new CandidateSet(
            [.. candidates.Where(candidate => candidate.Pair.Verdict != Verdict.New)],
            candidates.FirstOrDefault(candidate =>
                candidate is { IsLive: true, Pair: { Verdict: Verdict.New, Evidence.Pixels: not null } }
            ),
            nearest
        );
    }

    /// <summary>Scores pass through float32 and back; the exact cosine is computed again from the ledger.</summary>
    private const double Rounding = 1e-5;

    private static Subject SubjectOf(ImageRecord record) =>
        new(record.Sha256!, record.CopyVector, record.Fingerprint!) { Turned = record.Turned };

    /// <summary>All that are alike, and of those less alike the nearest few.</summary>
    private IEnumerable<T> Close<T>(IEnumerable<T> found, Func<T, double> similarity)
    {
        var below = 0;
        return found
            .OrderByDescending(similarity)
            .TakeWhile(item =>
                similarity(item) >= policy.CandidateThreshold - Rounding
                && (similarity(item) >= policy.Threshold - Rounding || below++ < ComparedBelow)
            );
    }

    private async Task<Dictionary<string, Announcement>> AnnouncedAsync(ImageRecord record, Subject subject, CancellationToken cancellation)
    {
        var latest = new Dictionary<string, (Announcement Announcement, double Similarity)>();
        foreach (var other in await log.BeforeAsync(record.Sequence, cancellation))
        {
            if (other.Id != record.Id && (other.Sha256 == subject.Sha256 || model.Made(other)))
            {
                var similarity = other.Sha256 == subject.Sha256 ? 1 : Nearest(subject, other.CopyVector);
                latest[other.Id] = (other, similarity);
            }
        }

        return Close(latest.Values, found => found.Similarity).ToDictionary(found => found.Announcement.Id, found => found.Announcement);
    }

    private static double Nearest(Subject subject, ReadOnlyMemory<float> vector) =>
        subject
            .Turned.Select(turned => DuplicatePolicy.Cosine(turned.Vector.Span, vector.Span))
            .Append(DuplicatePolicy.Cosine(subject.CopyVector.Span, vector.Span))
            .Max();

    private async Task<FoundCandidate?> ResolveAsync(
        string id,
        ImageRecord record,
        Subject subject,
        Announcement? announcement,
        CancellationToken cancellation
    )
    {
        var other = await ledger.FindAsync(id, cancellation);
        var isDecided = AnnouncementRules.IsDecided(other?.State, other?.Sequence ?? 0, announcement?.Sequence);
        var candidate = isDecided ? Decided(other!, record, subject) : Undecided(announcement, subject);
        if (candidate is null)
        {
            return null;
        }

        var isToldApart =
            candidate.Pair.Verdict.IsDuplicate()
            && await decisions.HoldsAsync(record.Id, record.Sha256!, id, candidate.Sha256, cancellation);
        return new FoundCandidate(
            isToldApart ? candidate with { Pair = DuplicatePolicy.Remembered(candidate.Pair) } : candidate,
            isDecided ? other : null,
            announcement
        );
    }

    private Candidate? Decided(ImageRecord other, ImageRecord record, Subject subject) =>
        AnnouncementRules.Precedes(other.State, other.Sequence, record.Sequence) && (other.Sha256 == record.Sha256 || model.Made(other))
            ? Candidate.Of(other, policy.Compare(subject, SubjectOf(other)))
            : null;

    private Candidate? Undecided(Announcement? announcement, Subject subject) =>
        announcement is null
            ? null
            : Candidate.Of(
                announcement,
                policy.Compare(subject, new Subject(announcement.Sha256, announcement.CopyVector, announcement.Fingerprint))
            );
}
