using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Ledger;

namespace Serverless.Review;

/// <summary>One bar of the histogram of stored scores: <paramref name="From"/> ≤ similarity &lt; the next bar's.</summary>
/// <param name="From">Its lower end, a cosine.</param>
/// <param name="Quarantined">Images in quarantine.</param>
/// <param name="Copies">Copies left in place.</param>
/// <param name="LookAlikes">Look-alikes.</param>
/// <param name="Near">New images with a near neighbour.</param>
/// <param name="ConfirmedByPixels">Of all these, those confirmed by pixels or with the same bytes.</param>
internal sealed record ScoreBar(double From, int Quarantined, int Copies, int LookAlikes, int Near, int ConfirmedByPixels);

/// <summary>The effect of another threshold, from the scores in the ledger.</summary>
/// <param name="Scored">Images with a stored score.</param>
/// <param name="AtLeast">Those at or above the threshold.</param>
/// <param name="Quarantined">Those it would quarantine, with all other settings unchanged.</param>
/// <param name="ConfirmedByPixels">Of those, the ones confirmed by pixels or identical bytes.</param>
/// <param name="Today">Images in quarantine now, or copies left in place.</param>
/// <param name="Added">Images that would become duplicates.</param>
/// <param name="Released">Images that would no longer be duplicates.</param>
/// <param name="AddedExamples">The least similar of those added.</param>
/// <param name="ReleasedExamples">The most similar of those released.</param>
/// <param name="Histogram">All scores, lowest bar first.</param>
internal sealed record WhatIfResult(
    int Scored,
    int AtLeast,
    int Quarantined,
    int ConfirmedByPixels,
    int Today,
    int Added,
    int Released,
    IReadOnlyList<string> AddedExamples,
    IReadOnlyList<string> ReleasedExamples,
    IReadOnlyList<ScoreBar> Histogram
);

/// <summary>Reads every stored score once, a thousand at a time, and counts.</summary>
internal sealed class WhatIf(DuplicateTable table, DuplicatePolicy policy, IOptions<DuplicateOptions> options)
{
    private const double BarWidth = 0.005;

    /// <summary>All but the trash, about which a person has decided.</summary>
    private static readonly DuplicateKind[] Kinds =
    [
        .. Enum.GetValues<DuplicateKind>().Where(kind => kind is not (DuplicateKind.Trashed or DuplicateKind.SetAside)),
    ];

    public async Task<WhatIfResult> AskAsync(double threshold, int examples, CancellationToken cancellation)
    {
        var counts = await Task.WhenAll(Kinds.Select(kind => CountAsync(kind, threshold, examples, cancellation)));
        var all = counts.Aggregate((a, b) => a.With(b));
        return new WhatIfResult(
            all.Scored,
            all.AtLeast,
            all.Quarantined,
            all.Confirmed,
            all.Today,
            all.Added,
            all.Released,
            [.. all.AddedExamples.OrderBy(example => example.Similarity).Take(examples).Select(example => example.Id)],
            [.. all.ReleasedExamples.OrderByDescending(example => example.Similarity).Take(examples).Select(example => example.Id)],
            Bars(all.Bars)
        );
    }

    private async Task<WhatIfCount> CountAsync(DuplicateKind kind, double threshold, int examples, CancellationToken cancellation)
    {
        var count = new WhatIfCount(examples);
        await foreach (var row in table.ReadAsync(DuplicateSort.Confidence, $"{(int)kind}|", $"{(int)kind}|~", null, cancellation))
        {
            if (row.Fault is not null)
            {
                continue;
            }

            var similarity = DuplicateEntry.SimilarityOf(row.Key);
            var image = new ScoredImage(row.Id, kind, row.Finding, similarity, BarOf(similarity));
            count.Add(image, similarity >= threshold, IsQuarantined(row.Finding, similarity, threshold));
        }

        return count;
    }

    private bool IsQuarantined(DuplicateFinding finding, double similarity, double threshold) =>
        finding switch
        {
            DuplicateFinding.SameBytes or DuplicateFinding.Chosen => true,
            DuplicateFinding.Remembered => false,
            _ when !options.Value.Confirm => similarity >= threshold,
            DuplicateFinding.SamePixels => similarity >= Math.Min(threshold, policy.CandidateThreshold),
            DuplicateFinding.PixelsAgree => similarity >= threshold,
            _ => false,
        };

    private static int BarOf(double similarity) => (int)Math.Floor((similarity + 1e-9) / BarWidth);

    private static List<ScoreBar> Bars(IReadOnlyDictionary<(int Bar, DuplicateKind Kind), (int Count, int Confirmed)> bars)
    {
        var list = new List<ScoreBar>();
        if (bars.Count > 0)
        {
            for (var bar = bars.Keys.Min(key => key.Bar); bar <= bars.Keys.Max(key => key.Bar); bar++)
            {
                int Of(DuplicateKind kind) => bars.GetValueOrDefault((bar, kind)).Count;
                list.Add(
                    new ScoreBar(
                        Math.Round(bar * BarWidth, 3),
                        Of(DuplicateKind.Quarantined),
                        Of(DuplicateKind.Copy),
                        Of(DuplicateKind.LookAlike),
                        Of(DuplicateKind.Near),
                        Kinds.Sum(kind => bars.GetValueOrDefault((bar, kind)).Confirmed)
                    )
                );
            }
        }

        return list;
    }
}
