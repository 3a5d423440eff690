using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline.Steps;

namespace Serverless.Review;

/// <summary>What the rules say now of an image in quarantine.</summary>
/// <param name="Stays">Whether it is rightly there; null where that cannot be told now.</param>
/// <param name="Verdict">The verdict now.</param>
/// <param name="Evidence">Why; null where it was not judged.</param>
internal sealed record ReviewVerdict(bool? Stays, Verdict Verdict = Verdict.New, Evidence? Evidence = null);

/// <summary>
/// Judges an image in quarantine as if it came in now, behind all others. The same bytes stay: nothing is to be doubted there.
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

        // What it duplicates is found by its vector only once the model in use has made that.
        if (stored.DuplicateOf is { } kept && await ledger.FindAsync(kept.Id, cancellation) is { IsLive: true } live && !model.Made(live))
        {
            return new ReviewVerdict(null);
        }

        if (await vectors.TryRunAsync(stored, cancellation) is not { } record)
        {
            return new ReviewVerdict(null);
        }

        var found = await finder.FindAsync(record with { Sequence = long.MaxValue }, cancellation);
        var duplicates = found.Candidates.Where(candidate => candidate.Pair.Verdict.IsDuplicate() && !candidate.GivesWay).ToList();
        if (duplicates.Count > 0)
        {
            return duplicates[0].IsLive
                ? new ReviewVerdict(true, duplicates[0].Pair.Verdict, duplicates[0].Pair.Evidence)
                : new ReviewVerdict(null);
        }

        // What it was moved because of, where that is still live; else what resembles it most.
        var nearest =
            found.Candidates.FirstOrDefault(candidate => candidate.Path.Id == record.DuplicateOf?.Id)
            ?? found.Candidates.FirstOrDefault(candidate => candidate.IsLive)
            ?? found.Compared;
        return nearest switch
        {
            null => new ReviewVerdict(false, Verdict.New, policy.NothingAlike(found.Nearest)),
            { GivesWay: true } => new ReviewVerdict(false, Verdict.New, DuplicatePolicy.Better(nearest.Pair, nearest.Path)),
            _ => new ReviewVerdict(false, nearest.Pair.Verdict, nearest.Pair.Evidence),
        };
    }
}
