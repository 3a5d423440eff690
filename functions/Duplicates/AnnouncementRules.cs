using Serverless.Images;

namespace Serverless.Duplicates;

/// <summary>What to do with the candidates: decide by one, decide by none, or wait.</summary>
/// <param name="Candidate">The one to decide by.</param>
/// <param name="Waits">True where one that is undecided must be waited for.</param>
/// <param name="Displaced">Where the image stays: the poorer copies that give way to it.</param>
internal readonly record struct Choice(Candidate? Candidate, bool Waits, IReadOnlyList<Candidate> Displaced);

/// <summary>
/// The rules of the total order, without any I/O: what counts for an image, and when it has to wait. The protocol is explored
/// in every order of its steps by these very rules (tests/Functions.Tests/Protocol).
/// </summary>
internal static class AnnouncementRules
{
    /// <summary>
    /// True where the record tells what became of the announcement at this place, or where there was none to wait for. A move to
    /// quarantine that is not finished may yet be taken back.
    /// </summary>
    public static bool IsDecided(ImageState? state, long sequence, long? announced) =>
        state is not null
        && (
            announced is null
            || sequence > announced
            || (sequence == announced && state is not (ImageState.Announced or ImageState.Quarantining))
        );

    /// <summary>Only what is live and was announced earlier may displace an image.</summary>
    public static bool Precedes(ImageState state, long sequence, long mine) => state.IsLive() && sequence < mine;

    /// <summary>What an image was judged to duplicate is still what it was then.</summary>
    public static bool StillHolds(ImageState? state, long sequence, long judged) => state?.IsLive() == true && sequence == judged;

    /// <summary>
    /// Of candidates, best first: the best that is live and does not give way, unless it is no duplicate and an undecided one may
    /// be; nobody, where nothing is undecided.
    /// </summary>
    public static Choice Choose(IReadOnlyList<Candidate> candidates)
    {
        var waits = candidates.Any(candidate => !candidate.IsLive && candidate.Pair.Verdict.IsDuplicate());
        var best = candidates.FirstOrDefault(candidate => candidate.IsLive && !candidate.GivesWay);
        if (best?.Pair.Verdict.IsDuplicate() == true)
        {
            return new Choice(best, false, []);
        }

        return waits ? new Choice(null, true, []) : new Choice(best, false, [.. candidates.Where(candidate => candidate.GivesWay)]);
    }
}
