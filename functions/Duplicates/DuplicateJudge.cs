using Serverless.Ledger;

namespace Serverless.Duplicates;

/// <summary>
/// Judges an announced image against everything announced before it. Waits, for a bounded time, for an earlier image that
/// matches and is being decided elsewhere: only a live image may displace another. Waiting is always for a lower sequence, so
/// that no two wait for each other.
/// </summary>
internal sealed class DuplicateJudge(CandidateFinder finder, DuplicatePolicy policy, AnnouncementLog log, TimeProvider clock)
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
                return Judge(best, isProvisional: false);
            }

            if (!isProvisional)
            {
                return new Judgement(Verdict.New, null, 0, nearest, policy.NothingAlike() with { Similarity = nearest }, false);
            }

            if (clock.GetElapsedTime(started) > Patience)
            {
                var lookAlike = candidates.FirstOrDefault(candidate => candidate.IsLive);
                return lookAlike is not null
                    ? Judge(lookAlike, isProvisional: true)
                    : new Judgement(Verdict.New, null, 0, nearest, policy.NothingAlike() with { Similarity = nearest }, true);
            }

            await Task.Delay(Poll, clock, cancellation);
            await ForgetWithdrawnAsync(undecided, cancellation);
        }
    }

    /// <summary>The images, live or undecided, that would displace this one: what a restore must remember as no duplicates.</summary>
    public async Task<(IReadOnlyList<Candidate> Duplicates, Candidate? LookAlike, double? Nearest)> MatchesAsync(
        ImageRecord record, CancellationToken cancellation)
    {
        var (candidates, nearest) = await finder.FindAsync(record, cancellation);
        return (
            [.. candidates.Where(candidate => candidate.Pair.Verdict.IsDuplicate())],
            candidates.FirstOrDefault(candidate => candidate.IsLive && !candidate.Pair.Verdict.IsDuplicate()),
            nearest);
    }

    public static Judgement Judge(Candidate candidate, bool isProvisional) => new(
        candidate.Pair.Verdict, candidate.Path, candidate.Sequence, candidate.Pair.Similarity, candidate.Pair.Evidence, isProvisional);

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
