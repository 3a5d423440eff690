using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Duplicates;

/// <summary>The images found near another.</summary>
/// <param name="Candidates">The matching images, best first.</param>
/// <param name="Compared">The nearest of those compared closely without a match.</param>
/// <param name="Nearest">The cosine of the nearest image in the index.</param>
internal sealed record CandidateSet(IReadOnlyList<Candidate> Candidates, Candidate? Compared, double? Nearest);

/// <summary>
/// Finds an image's possible originals among everything announced before it: by bytes in the ledger, by vector in the search index, and by
/// vector among announcements that the index may not show yet. The ledger has the current state of each. The search is wider than the
/// verdict: copies whose vectors have drifted apart are found by their pixels. Apparent copies are confirmed by comparing the originals.
/// </summary>
internal sealed class CandidateFinder(
    Neighbourhood neighbourhood,
    ImageLedger ledger,
    RememberedDecisions decisions,
    DuplicatePolicy policy,
    CandidateConfirmation confirmation,
    EmbeddingModel model
)
{
    /// <param name="withUndecided">Whether to compare undecided originals too.</param>
    public async Task<CandidateSet> FindAsync(ImageRecord record, CancellationToken cancellation, bool withUndecided = false)
    {
        var subject = Subject.Of(record);
        var near = await neighbourhood.OfAsync(record, subject, cancellation);
        var resolved = await Task.WhenAll(
            near.Ids.Select(id => ResolveAsync(id, record, subject, near.Announced.GetValueOrDefault(id), cancellation))
        );
        var found = resolved.OfType<FoundCandidate>().ToList();
        found.Sort((a, b) => Candidate.ByStrength(a.Candidate, b.Candidate));
        var candidates = (await confirmation.ConfirmAsync(record, found, withUndecided, cancellation)).ToList();
        candidates.Sort(Candidate.ByStrength);
        return new CandidateSet(
            [.. candidates.Where(candidate => candidate.Pair.Verdict != Verdict.New)],
            candidates.FirstOrDefault(candidate =>
                candidate is { IsLive: true, Pair: { Verdict: Verdict.New, Evidence.Pixels: not null } }
            ),
            near.Nearest
        );
    }

    private async Task<FoundCandidate?> ResolveAsync(
        string id,
        ImageRecord record,
        Subject subject,
        Announcement? announcement,
        CancellationToken cancellation
    )
    {
        var other = await ledger.FindAsync(id, cancellation);
        var isDecided = OrderingRules.IsDecided(other?.State, other?.Sequence ?? 0, announcement?.Sequence);
        var candidate = isDecided ? Decided(other!, record, subject) : Undecided(announcement, subject);
        if (candidate is null)
        {
            return null;
        }

        var isDecidedOn =
            candidate.Pair.Verdict.IsDuplicate()
            || (candidate.Pair.Verdict == Verdict.LookAlike && (record.IsCalledCopy || other is { IsCalledCopy: true }));
        var decision = isDecidedOn ? await decisions.FindAsync(record.Id, record.Sha256!, id, candidate.Sha256, cancellation) : null;
        return new FoundCandidate(decision is null ? candidate : candidate.By(decision), isDecided ? other : null, announcement);
    }

    private Candidate? Decided(ImageRecord other, ImageRecord record, Subject subject) =>
        OrderingRules.Precedes(other.State, new Place(other.Sequence, other.Id), new Place(record.Sequence, record.Id))
        && (other.Sha256 == record.Sha256 || model.Made(other))
            ? Candidate.Of(other, policy.Compare(subject, Subject.Of(other)))
            : null;

    private Candidate? Undecided(Announcement? announcement, Subject subject) =>
        announcement is null
            ? null
            : Candidate.Of(
                announcement,
                policy.Compare(subject, new Subject(announcement.Sha256, announcement.CopyVector, announcement.Fingerprint))
            );
}
