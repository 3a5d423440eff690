using Serverless.Images;

namespace Serverless.Duplicates;

/// <summary>The outcome of weighing candidates: decide by one, by none, or wait.</summary>
/// <param name="Candidate">The candidate to decide by.</param>
/// <param name="Waits">True if an undecided one must be waited for.</param>
/// <param name="Superseded">If the image stays: the poorer copies that it supersedes.</param>
internal readonly record struct Choice(Candidate? Candidate, bool Waits, IReadOnlyList<Candidate> Superseded);

/// <summary>
/// The rules of the total order, without I/O: which images count, and when one must wait. The protocol's model uses these same rules in
/// every order of its steps (tests/Functions.Tests/Protocol).
/// </summary>
internal static class OrderingRules
{
    /// <summary>
    /// Whether the announcement at this place is decided, or there is none to wait for. An unfinished move to quarantine may still be
    /// reverted.
    /// </summary>
    public static bool IsDecided(ImageState? state, long sequence, long? announced) =>
        state is not null
        && (
            announced is null
            || sequence > announced
            || (sequence == announced && state is not (ImageState.Announced or ImageState.Quarantining))
        );

    /// <summary>
    /// Only a live image announced earlier may displace another. Two images share a place only if storage forgot that it was taken; then
    /// their ids decide, so that exactly one of the two gives way.
    /// </summary>
    public static bool Precedes(ImageState state, Place other, Place mine) => state.IsLive() && other.CompareTo(mine) < 0;

    /// <summary>Whether the original is still in the state of the verdict.</summary>
    public static bool StillHolds(ImageState? state, long sequence, long judged) => state?.IsLive() == true && sequence == judged;

    /// <summary>
    /// Picks the best live candidate that is not superseded. Waits if an undecided candidate could still turn out to be a duplicate.
    /// </summary>
    public static Choice Choose(IReadOnlyList<Candidate> candidates)
    {
        var waits = candidates.Any(candidate => !candidate.IsLive && candidate.Pair.Verdict.IsDuplicate());
        var best = candidates.FirstOrDefault(candidate => candidate.IsLive && !candidate.IsSuperseded);
        if (best?.Pair.Verdict.IsDuplicate() == true)
        {
            return new Choice(best, false, []);
        }

        return waits ? new Choice(null, true, []) : new Choice(best, false, [.. candidates.Where(candidate => candidate.IsSuperseded)]);
    }
}
