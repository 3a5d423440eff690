using Serverless.Duplicates.Originals;
using Serverless.Images;

namespace Serverless.Duplicates;

/// <summary>Judges two images of which neither is the later one: a copy where one of them would be moved because of the other.</summary>
internal sealed class PairComparison(OriginalComparison comparison, ComparisonRoom room, DuplicatePolicy policy)
{
    /// <param name="sieve">The verdict of the sieve, which calls them copies.</param>
    /// <param name="isTurnedHere">Whether it is <paramref name="a"/> that is turned, where one must be.</param>
    public async Task<PairVerdict> JudgeAsync(Original a, Original b, PairVerdict sieve, bool isTurnedHere, CancellationToken cancellation)
    {
        var match = await comparison.FindAsync(a, b, sieve, isTurnedHere, cancellation);
        if (match is null)
        {
            using var lease = await room.TakeAsync(a.Pixels + b.Pixels, cancellation);
            match = await comparison.CompareAsync(a, b, sieve, isTurnedHere, cancellation);
        }

        // Whichever shows less would be the one to move.
        return match is { AAdds: true, BAdds: false }
            ? Swapped(policy.Judge(sieve, match.Swapped(), "a"))
            : policy.Judge(sieve, match, "b");
    }

    private static PairVerdict Swapped(PairVerdict pair) =>
        pair with
        {
            Evidence = pair.Evidence with
            {
                Differences = pair.Evidence.Differences is { } places ? [.. places.Select(place => place.Swapped())] : null,
            },
        };
}
