using Microsoft.Extensions.Options;
using Serverless.Backfill;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Jobs;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>What a run compares: all, or what was written since the last one that can be relied on.</summary>
internal sealed class ReconcileScope(
    JobTable jobs,
    BackfillJobs backfills,
    ImageIndex index,
    EmbeddingModel model,
    IOptions<DuplicateOptions> options,
    StorageClock storage
)
{
    /// <summary>So often every row is read in full.</summary>
    private static readonly TimeSpan FullEvery = TimeSpan.FromDays(7);

    /// <summary>So long jobs that are over are kept; more than <see cref="FullEvery"/>, because the next one reads of the last.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>A row may carry a time a little before that at which it could be read.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    /// <summary>The model and the index; a run for others tells nothing of these.</summary>
    public string For => $"{model.Name} {model.Revision} {index.Name}";

    /// <summary>The state of a run that has not compared anything yet; a run that is not dry forgets old jobs.</summary>
    public async Task<ReconcileState> BeginAsync(Job job, ReconcileState state, CancellationToken cancellation)
    {
        var since = state.Full ? null : await SinceAsync(job, cancellation);

        // Twice the time after which the index shows what was written.
        var now = await storage.NowAsync(cancellation);
        if (!state.DryRun)
        {
            await TrimAsync(now - Kept, cancellation);
        }

        return state with
        {
            ComparedTo = "",
            Full = since is null,
            Since = since,
            SettledBefore = now - (2 * options.Value.VisibilityWindow),
            For = For,
        };
    }

    private async Task TrimAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        await jobs.TrimAsync(ReconcileSteps.Name, before, cancellation);
        await backfills.TrimAsync(before, cancellation);
    }

    /// <summary>
    /// The start of the last run that read all that had changed and found nothing damaged, for this model and index; null where
    /// there is none, or where a run that read everything is too long ago.
    /// </summary>
    private async Task<DateTimeOffset?> SinceAsync(Job job, CancellationToken cancellation)
    {
        DateTimeOffset? since = null;
        await foreach (var earlier in jobs.ListAsync(ReconcileSteps.Name, cancellation))
        {
            if (
                earlier.Id == job.Id
                || earlier.Status != JobStatus.Completed
                || earlier.StateOf(ReconcileJson.Default.ReconcileState) is not { DryRun: false, IsCapped: false, HasDamage: false } state
                || state.For != For
            )
            {
                continue;
            }

            since ??= earlier.StartedAt - Overlap;
            if (state.Full)
            {
                return job.StartedAt - earlier.StartedAt < FullEvery ? since : null;
            }
        }

        return null;
    }
}
