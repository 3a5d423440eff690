using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline.Steps;

namespace Serverless.Review;

/// <summary>The current rules' verdict on a quarantined image.</summary>
/// <param name="Stays">Whether it belongs there; null if that cannot be decided now.</param>
/// <param name="Verdict">The current verdict.</param>
/// <param name="Evidence">The reasons; null if it was not judged.</param>
internal sealed record ReviewVerdict(bool? Stays, Verdict Verdict = Verdict.New, Evidence? Evidence = null);

/// <summary>
/// Judges a quarantined image as if it had just been uploaded, after all others. Identical bytes stay: they are beyond doubt.
/// </summary>
internal sealed class ReviewJudge(
    CandidateFinder finder,
    DuplicatePolicy policy,
    RenewVectors vectors,
    ImageLedger ledger,
    EmbeddingModel model
)
{
    public async Task<ReviewVerdict> JudgeAsync(ImageRecord stored, CancellationToken cancellation)
    {
        if (stored.Verdict == Verdict.Exact)
        {
            return new ReviewVerdict(true, Verdict.Exact, stored.Evidence);
        }

        // Its matches can be found only with a vector of the current model; and what a person set aside keeps its copies.
        var kept = stored.DuplicateOf is { } other ? await ledger.FindAsync(other.Id, cancellation) : null;
        if (kept is { IsSetAside: true } || (kept is { IsLive: true } live && !model.Made(live)))
        {
            return new ReviewVerdict(null);
        }

        if (await vectors.TryRunAsync(stored, cancellation) is not { } record)
        {
            return new ReviewVerdict(null);
        }

        var found = await finder.FindAsync(record with { Sequence = long.MaxValue }, cancellation);
        var duplicates = found.Candidates.Where(candidate => candidate.Pair.Verdict.IsDuplicate() && !candidate.IsSuperseded).ToList();
        if (duplicates.Count > 0)
        {
            return duplicates[0].IsLive
                ? new ReviewVerdict(true, duplicates[0].Pair.Verdict, duplicates[0].Pair.Evidence)
                : new ReviewVerdict(null);
        }

        // The image it was moved for, if that is still live; else the most similar one.
        var nearest =
            found.Candidates.FirstOrDefault(candidate => candidate.Path.Id == record.DuplicateOf?.Id)
            ?? found.Candidates.FirstOrDefault(candidate => candidate.IsLive)
            ?? found.Compared;
        return nearest switch
        {
            null => new ReviewVerdict(false, Verdict.New, policy.NothingAlike(found.Nearest)),
            { IsSuperseded: true } => new ReviewVerdict(false, Verdict.New, DuplicatePolicy.Better(nearest.Pair, nearest.Path)),
            _ => new ReviewVerdict(false, nearest.Pair.Verdict, nearest.Pair.Evidence),
        };
    }
}
