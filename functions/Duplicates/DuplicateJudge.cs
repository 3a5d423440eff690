using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Duplicates;

/// <summary>
/// Judges an announced image against everything announced before it. Waits, for a bounded time, for an earlier matching image that is being
/// judged elsewhere: only a live image may displace another. Waiting is always for a lower sequence, so no two images wait for each other.
/// </summary>
internal sealed class DuplicateJudge(
    CandidateFinder finder,
    DuplicatePolicy policy,
    AnnouncementLog log,
    RememberedDecisions decisions,
    TimeProvider clock
)
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    public async Task<Judgement> JudgeAsync(ImageRecord record, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            var found = await finder.FindAsync(record, cancellation);
            var choice = OrderingRules.Choose(found.Candidates);
            if (!choice.Waits)
            {
                return Judge(choice, found, isProvisional: false);
            }

            if (clock.GetElapsedTime(started) > MaxWait)
            {
                // Which ones are superseded is known once all are decided.
                return Judge(new Choice(FirstLive(found), false, []), found, isProvisional: true);
            }

            await Task.Delay(Poll, clock, cancellation);
            await ForgetWithdrawnAsync(found.Candidates.Where(candidate => !candidate.IsLive), cancellation);
        }
    }

    /// <summary>
    /// Judges a restored image: everything that would displace it, live or undecided, is first remembered as not a duplicate. If a person
    /// restored it, so are poorer copies of the same picture; otherwise the rules supersede those at the next look. If it is to replace the
    /// image that it was moved for, that preference is remembered instead, and the next look supersedes the other.
    /// </summary>
    public async Task<Judgement> JudgeRestoredAsync(ImageRecord record, CancellationToken cancellation)
    {
        while (true)
        {
            var found = await finder.FindAsync(record, cancellation, withUndecided: true);
            var undecided = found.Candidates.Where(candidate => NeedsDecision(record, candidate)).ToList();
            foreach (var other in undecided)
            {
                await DecideAsync(record, other, cancellation);
            }

            if (undecided.Count == 0)
            {
                var replaced = found.Candidates.Where(candidate => candidate.IsSupersededByChoice).ToList();
                return Judge(new Choice(replaced.Count > 0 ? null : FirstLive(found), false, replaced), found, isProvisional: false);
            }
        }
    }

    private static bool NeedsDecision(ImageRecord restored, Candidate other) =>
        restored.IsRestoredByRules
            ? other.Pair.Verdict.IsDuplicate() && !other.IsSuperseded
            : other.Pair.IsOnePicture && !(restored.Replaces(other.Path) && other.IsSupersededByChoice);

    private Task DecideAsync(ImageRecord restored, Candidate other, CancellationToken cancellation) =>
        restored.Replaces(other.Path) && other.IsLive
            ? decisions.PreferAsync(restored.Id, restored.Sha256!, other.Path.Id, other.Sha256, cancellation)
            : decisions.RememberAsync(restored.Id, restored.Sha256!, other.Path.Id, other.Sha256, cancellation);

    private static Candidate? FirstLive(CandidateSet found) =>
        found.Candidates.FirstOrDefault(candidate => candidate is { IsLive: true, IsSuperseded: false });

    private Judgement Judge(Choice choice, CandidateSet found, bool isProvisional)
    {
        if (choice.Candidate is { Pair: var match } other)
        {
            return new Judgement(match.Verdict, other.Path, other.Sequence, null, match.Similarity, match.Evidence, isProvisional)
            {
                Superseded = choice.Superseded,
            };
        }

        if (choice.Superseded is [{ Pair: var copy } poorer, ..])
        {
            var evidence = DuplicatePolicy.Better(copy, poorer.Path);
            return new Judgement(Verdict.New, null, 0, null, copy.Similarity, evidence, isProvisional) { Superseded = choice.Superseded };
        }

        return found.Compared is { Pair: var pair } near
            ? new Judgement(Verdict.New, null, 0, near.Path, pair.Similarity, pair.Evidence, isProvisional)
            : new Judgement(Verdict.New, null, 0, null, found.Nearest, policy.NothingAlike(found.Nearest), isProvisional);
    }

    /// <summary>An abandoned announcement (its blob changed meanwhile) is no longer in the log; it will never be decided.</summary>
    private async Task ForgetWithdrawnAsync(IEnumerable<Candidate> undecided, CancellationToken cancellation)
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
