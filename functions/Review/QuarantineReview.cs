using System.Text.Json;
using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Jobs;
using Serverless.Ledger;
using Serverless.Pipeline;

namespace Serverless.Review;

/// <summary>
/// Judges everything in quarantine by the current rules, notes what should not be there, and puts it back if requested.
/// </summary>
internal sealed class QuarantineReview(DuplicateTable table, ImageLedger ledger, ReviewJudge judge, Restoration restore) : IJobSteps
{
    public const string Name = "review";

    /// <summary>Images per step: a few seconds if each must be compared with several others.</summary>
    private const int StepSize = 8;

    public string Kind => Name;

    public static string Begin(bool restore) => JsonSerializer.Serialize(new ReviewState(restore), ReviewJson.Default.ReviewState);

    public static ReviewState StateOf(Job job) => job.StateOf(ReviewJson.Default.ReviewState) ?? new ReviewState(Restore: false);

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancellation)
    {
        var state = StateOf(job);
        var (from, to) = DuplicateEntry.RangeOf(DuplicateKind.Quarantined);
        var rows = await table.ReadAsync(DuplicateSort.Date, state.After ?? from, to, StepSize, cancellation).ToListAsync(cancellation);
        var items = new List<string>();
        foreach (var row in rows)
        {
            // Images being restored, or deleted for good, need no review.
            if (await ledger.FindAsync(row.Id, cancellation) is { State: ImageState.Quarantined } record)
            {
                state = await ReviewAsync(record, state, items, cancellation);
            }

            state = state with { After = row.Key };
        }

        var after = job.With(state, ReviewJson.Default.ReviewState);
        return new JobStep(rows.Count < StepSize ? after with { Status = JobStatus.Completed } : after, items);
    }

    private async Task<ReviewState> ReviewAsync(ImageRecord record, ReviewState state, List<string> items, CancellationToken cancellation)
    {
        var judged = await judge.JudgeAsync(record, cancellation);
        state = state with { Judged = state.Judged + 1 };
        switch (judged.Stays)
        {
            case true:
                return state with { Stay = state.Stay + 1 };
            case null:
                return state with { Unjudged = state.Unjudged + 1 };
        }

        var outcome = state.Restore ? await RestoreAsync(record.Id, cancellation) : ReviewOutcome.Listed;
        var image = new ReviewedImage(
            record.Id,
            record.Path.ToString(),
            record.DuplicateOf?.ToString(),
            judged.Verdict,
            judged.Evidence!,
            outcome
        );
        items.Add(JsonSerializer.Serialize(image, ReviewJson.Default.ReviewedImage));
        return state with { Found = state.Found + 1, Restored = state.Restored + (outcome == ReviewOutcome.Restored ? 1 : 0) };
    }

    private async Task<ReviewOutcome> RestoreAsync(string id, CancellationToken cancellation) =>
        await restore.RunAsync(id, RestoreReason.Rules, cancellation) switch
        {
            RestoreOutcome.Restored => ReviewOutcome.Restored,
            RestoreOutcome.PathTaken => ReviewOutcome.PathTaken,
            RestoreOutcome.Missing => ReviewOutcome.Missing,
            _ => ReviewOutcome.Gone,
        };
}
