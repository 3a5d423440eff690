using Microsoft.Extensions.Options;
using Serverless.Duplicates.Originals;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Ledger;

namespace Serverless.Duplicates;

/// <summary>A candidate with the source of its file: its record if it is decided, else its announcement.</summary>
internal sealed record FoundCandidate(Candidate Candidate, ImageRecord? Record, Announcement? Announcement);

/// <summary>
/// Compares the sieve's copies original with original, the most similar first, until one is confirmed as the image's original. The rest are
/// look-alikes: in doubt nothing is moved.
/// </summary>
internal sealed class CandidateConfirmation(
    OriginalReader reader,
    OriginalComparison comparison,
    ComparisonRoom room,
    DuplicatePolicy policy,
    IOptions<DuplicateOptions> options
)
{
    /// <summary>Maximum number of full comparisons for one image.</summary>
    private const int Most = 12;

    /// <param name="found">Best first.</param>
    /// <param name="withUndecided">
    /// Whether to compare undecided announcements too. Otherwise they keep the sieve's verdict, and may be waited for.
    /// </param>
    public async Task<IReadOnlyList<Candidate>> ConfirmAsync(
        ImageRecord record,
        IReadOnlyList<FoundCandidate> found,
        bool withUndecided,
        CancellationToken cancellation
    )
    {
        var confirmed = new List<Candidate>();
        var subject = reader.Of(record);
        var isSettled = found.Any(item => item.Candidate is { IsLive: true, Pair.Verdict: Verdict.Exact });
        var compared = 0;
        IDisposable? lease = null;
        try
        {
            // The known original comes first: there may be more look-alikes than comparisons.
            foreach (var item in found.OrderBy(item => item.Candidate.Path.Id == record.DuplicateOf?.Id ? 0 : 1))
            {
                var candidate = item.Candidate;
                if (!candidate.Pair.IsOfSieve || !(candidate.IsLive || withUndecided))
                {
                    confirmed.Add(candidate);
                }
                else if (isSettled || compared == Most)
                {
                    confirmed.Add(candidate with { Pair = OriginalRule.NotCompared(candidate.Pair) });
                }
                else
                {
                    compared++;
                    var other = item.Record is { } decided ? reader.Of(decided) : reader.Of(item.Announcement!);
                    var isTurnedHere = record.Turned.Any(turned => turned.Turn != ImageOrientation.Upright);
                    var match = await comparison.FindAsync(subject, other, candidate.Pair, isTurnedHere, cancellation);
                    if (match is null)
                    {
                        lease ??= await room.TakeAsync(subject.Pixels + found.Max(PixelsOf), cancellation);
                        match = await comparison.CompareAsync(subject, other, candidate.Pair, isTurnedHere, cancellation);
                    }

                    confirmed.Add(Judged(candidate, record, item.Record, match));
                    isSettled = confirmed[^1] is { IsLive: true, IsSuperseded: false, Pair.Verdict: Verdict.Copy };
                }
            }
        }
        finally
        {
            lease?.Dispose();
        }

        return confirmed;
    }

    private Candidate Judged(Candidate candidate, ImageRecord record, ImageRecord? other, OriginalMatch match)
    {
        var ranks = options.Value.KeepsBest && other is not null;
        var isLowerQuality = ranks && QualityOrder.IsBetter(record, other!, match);
        var pair = policy.Judge(candidate.Pair, match, candidate.Path.ToString(), isLowerQuality);
        var why =
            isLowerQuality ? $" This one is better: {QualityOrder.Explain(record, other!, match)}."
            : ranks && match.Swapped() is var swapped && QualityOrder.IsBetter(other!, record, swapped)
                ? $" The other one is better: {QualityOrder.Explain(other!, record, swapped)}."
            : "";
        return candidate with
        {
            IsLowerQuality = isLowerQuality,
            Pair = pair with { Evidence = pair.Evidence with { Sentence = pair.Evidence.Sentence + why } },
        };
    }

    private static long PixelsOf(FoundCandidate found) => found.Record is { } record ? (long)record.Width * record.Height : 0;
}
