using Serverless.Duplicates;
using Serverless.Images;

namespace Serverless.Pipeline.Steps;

/// <summary>What a quarantined image currently duplicates.</summary>
/// <param name="Record">Its record, with the current model's vectors.</param>
/// <param name="Kept">A live image that it duplicates.</param>
/// <param name="IsOpen">None is live yet, but one may become so.</param>
/// <param name="IsAlone">It no longer duplicates anything.</param>
internal sealed record LiveMatch(ImageRecord? Record, Candidate? Kept = null, bool IsOpen = false, bool IsAlone = false);

/// <summary>Finds what a quarantined image currently duplicates.</summary>
internal sealed class LiveMatches(CandidateFinder finder, RenewVectors vectors)
{
    public async Task<LiveMatch> OfAsync(ImageRecord record, CancellationToken cancellation)
    {
        if (await vectors.TryRunAsync(record, cancellation) is not { } renewed)
        {
            return new LiveMatch(null, IsOpen: true);
        }

        var found = await finder.FindAsync(renewed with { Sequence = long.MaxValue }, cancellation);
        var duplicates = found.Candidates.Where(candidate => candidate.Pair.Verdict.IsDuplicate()).ToList();
        return duplicates.FirstOrDefault(candidate => candidate.IsLive) is { } kept ? new LiveMatch(renewed, kept)
            : duplicates.Count > 0 ? new LiveMatch(renewed, IsOpen: true)
            // After a change of model, its matches may not have been judged again yet: leave it as it is.
            : new LiveMatch(renewed, IsAlone: ReferenceEquals(renewed, record));
    }
}
