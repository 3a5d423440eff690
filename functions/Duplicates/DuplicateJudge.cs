using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Duplicates;

/// <summary>
/// Judges an announced image against everything announced before it. Waits, for a bounded time, for an earlier image that
/// matches and is being decided elsewhere: only a live image may displace another. Waiting is always for a lower sequence, so
/// that no two wait for each other.
/// </summary>
internal sealed class DuplicateJudge(
    CandidateFinder finder, DuplicatePolicy policy, AnnouncementLog log, RememberedDecisions decisions, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    public async Task<Judgement> JudgeAsync(ImageRecord record, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            var (candidates, nearest) = await finder.FindAsync(record, cancellation);
            var undecided = candidates.Where(candidate => !candidate.IsLive && candidate.Pair.Verdict.IsDuplicate()).ToList();
            var isProvisional = undecided.Count > 0;
            if (candidates.FirstOrDefault(candidate => candidate.IsLive) is { } best && (best.Pair.Verdict.IsDuplicate() || !isProvisional))
            {
                return Judge(best, nearest, isProvisional: false);
            }

            if (!isProvisional)
            {
                return Judge(null, nearest, isProvisional: false);
            }

            if (clock.GetElapsedTime(started) > Patience)
            {
                return Judge(candidates.FirstOrDefault(candidate => candidate.IsLive), nearest, isProvisional: true);
            }

            await Task.Delay(Poll, clock, cancellation);
            await ForgetWithdrawnAsync(undecided, cancellation);
        }
    }

    /// <summary>Judges a restored image: whatever would displace it, live or undecided, is remembered as no duplicate first.</summary>
    public async Task<Judgement> JudgeRestoredAsync(ImageRecord record, CancellationToken cancellation)
    {
        while (true)
        {
            var (candidates, nearest) = await finder.FindAsync(record, cancellation);
            var duplicates = candidates.Where(candidate => candidate.Pair.Verdict.IsDuplicate()).ToList();
            foreach (var other in duplicates)
            {
                await decisions.RememberAsync(record.Id, record.Sha256!, other.Path.Id, other.Sha256, cancellation);
            }

            if (duplicates.Count == 0)
            {
                return Judge(candidates.FirstOrDefault(candidate => candidate.IsLive), nearest, isProvisional: false);
            }
        }
    }

    private Judgement Judge(Candidate? candidate, Neighbour? nearest, bool isProvisional) => candidate is null
        ? new Judgement(
            Verdict.New, null, 0, nearest?.Similarity >= policy.CandidateThreshold ? ImagePath.TryParse(nearest.Document.Path) : null,
            nearest?.Similarity, policy.NothingAlike(nearest?.Similarity), isProvisional)
        : new Judgement(
            candidate.Pair.Verdict, candidate.Path, candidate.Sequence, null, candidate.Pair.Similarity, candidate.Pair.Evidence, isProvisional);

    /// <summary>An announcement that was given up (its blob changed meanwhile) is no longer in the log; nobody will decide it.</summary>
    private async Task ForgetWithdrawnAsync(List<Candidate> undecided, CancellationToken cancellation)
    {
        foreach (var candidate in undecided)
        {
            if (await log.FindAsync(candidate.Sequence, cancellation) is null)
            {
                log.Forget(candidate.Sequence);
            }
        }
    }
}
