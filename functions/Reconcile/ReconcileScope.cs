using Microsoft.Extensions.Options;
using Serverless.Backfill;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Jobs;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>The scope of a run: everything, or what was written since the last reliable run.</summary>
internal sealed class ReconcileScope(
    JobTable jobs,
    BackfillJobs backfills,
    ImageIndex index,
    EmbeddingModel model,
    IOptions<DuplicateOptions> options,
    StorageClock storage
)
{
    /// <summary>How often every row is read in full.</summary>
    private static readonly TimeSpan FullEvery = TimeSpan.FromDays(7);

    /// <summary>How long finished jobs are kept; longer than <see cref="FullEvery"/>, because each run reads the previous one.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>A row's timestamp may be slightly earlier than the moment it became readable.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    /// <summary>The model and the index; runs for other ones do not count.</summary>
    public string For => $"{model.Name} {model.Revision} {index.Name}";

    /// <summary>The initial state of a run; unless it is dry, it deletes old jobs.</summary>
    public async Task<ReconcileState> BeginAsync(Job job, ReconcileState state, CancellationToken cancellation)
    {
        var since = state.Full ? null : await SinceAsync(job, cancellation);

        // Twice the visibility window of the index.
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
        await jobs.TrimAsync(TaggingSteps.Name, before, cancellation);
        await backfills.TrimAsync(before, cancellation);
    }

    /// <summary>
    /// The start of the last run, for this model and index, that read everything changed and found no damage; null if there is none, or if
    /// the last full run is too old.
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
