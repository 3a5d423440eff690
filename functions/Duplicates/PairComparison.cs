using Serverless.Duplicates.Originals;
using Serverless.Images;

namespace Serverless.Duplicates;

/// <summary>Judges two images without an order: a copy if either would be moved because of the other.</summary>
internal sealed class PairComparison(OriginalComparison comparison, ComparisonRoom room, DuplicatePolicy policy)
{
    /// <param name="sieve">The sieve's verdict, which calls them copies.</param>
    /// <param name="isTurnedHere">Whether <paramref name="a"/> is the one to turn, if one must be.</param>
    public async Task<PairVerdict> JudgeAsync(Original a, Original b, PairVerdict sieve, bool isTurnedHere, CancellationToken cancellation)
    {
        var match = await comparison.FindAsync(a, b, sieve, isTurnedHere, cancellation);
        if (match is null)
        {
            using var lease = await room.TakeAsync(a.Pixels + b.Pixels, cancellation);
            match = await comparison.CompareAsync(a, b, sieve, isTurnedHere, cancellation);
        }

        // The one that shows less would be moved.
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
