using System.Text.Json;
using Azure;
using Microsoft.Extensions.Options;
using Serverless.Backfill;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Jobs;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>
/// Compares bucket, quarantine, search index and ledger, and puts right what disagrees. Safe at any time and in several
/// processes at once: whatever is found is looked at again before it is touched, and every repair is a step that the app may
/// take anyway. What fails is told with its reason, and ends nothing.
/// </summary>
internal sealed partial class ReconcileSteps(
    JobTable jobs,
    BackfillJobs backfills,
    Comparison comparison,
    Repair repair,
    ImageIndex index,
    EmbeddingModel model,
    IOptions<DuplicateOptions> options,
    StorageClock storage,
    ILogger<ReconcileSteps> logger
) : IJobSteps
{
    public const string Name = "reconcile";

    /// <summary>Findings that a report lists, and that a dry run looks at again.</summary>
    public const int Listed = 1000;

    private const int MostFindings = 100_000;
    private const int PageSize = 100;
    private const int Parallelism = 8;

    /// <summary>So often every row is read in full.</summary>
    private static readonly TimeSpan FullEvery = TimeSpan.FromDays(7);

    /// <summary>So long jobs that are over are kept; more than <see cref="FullEvery"/>, because the next one reads of the last.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>A row may carry a time a little before that at which it could be read.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    public string Kind => Name;

    private string Compares => $"{model.Name} {model.Revision} {index.Name}";

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancellation)
    {
        var state =
            job.StateOf(ReconcileJson.Default.ReconcileState) ?? throw new InvalidDataException("The state of the job cannot be read.");
        return state.IsCompared ? await LookAgainAsync(job, state, cancellation) : await CompareAsync(job, state, cancellation);
    }

    private async Task<JobStep> CompareAsync(Job job, ReconcileState state, CancellationToken cancellation)
    {
        state = state.ComparedTo is null ? await BeginAsync(job, state, cancellation) : state;
        var compared = await comparison.RunAsync(state.ComparedTo!, state.Since, state.SettledBefore, cancellation);
        var findings = compared.Findings.Take(MostFindings - job.Items).ToList();
        var isCapped = compared.Findings.Count > findings.Count;
        var next = state with
        {
            IsCompared = compared.Next is null || isCapped,
            ComparedTo = compared.Next,
            Checked = state.Checked.Plus(compared.Checked),
            IsCapped = isCapped,
            HasDamage = state.HasDamage || findings.Any(IsSeenInFullOnly),
            For = state.For == Compares ? state.For : null,
        };
        var isOver = next.IsCompared && job.Items + findings.Count == 0;
        return new JobStep(
            job.With(next, ReconcileJson.Default.ReconcileState) with
            {
                Status = isOver ? JobStatus.Completed : JobStatus.Running,
            },
            [.. findings.Select(Text)]
        );
    }

    private async Task<ReconcileState> BeginAsync(Job job, ReconcileState state, CancellationToken cancellation)
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
            For = Compares,
        };
    }

    private async Task TrimAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        await jobs.TrimAsync(Name, before, cancellation);
        await backfills.TrimAsync(before, cancellation);
    }

    /// <summary>
    /// The start of the last run that read all that had changed and found nothing damaged, for this model and index; null where
    /// there is none, or where a run that read everything is too long ago.
    /// </summary>
    private async Task<DateTimeOffset?> SinceAsync(Job job, CancellationToken cancellation)
    {
        DateTimeOffset? since = null;
        await foreach (var earlier in jobs.ListAsync(Name, cancellation))
        {
            if (
                earlier.Id == job.Id
                || earlier.Status != JobStatus.Completed
                || earlier.StateOf(ReconcileJson.Default.ReconcileState) is not { DryRun: false, IsCapped: false, HasDamage: false } state
                || state.For != Compares
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

    /// <summary>Looks at some findings again, and puts right what still holds.</summary>
    private async Task<JobStep> LookAgainAsync(Job job, ReconcileState state, CancellationToken cancellation)
    {
        var to = Math.Min(state.LookedAt + PageSize, job.Items);
        var findings = await jobs.ItemsAsync(job.Id, state.LookedAt, to, cancellation).Select(Parse).ToArrayAsync(cancellation);
        var isListed = state.LookedAt < Listed;
        var limits = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
        await Parallel.ForAsync(
            0,
            findings.Length,
            limits,
            async (number, stop) =>
                findings[number] = !state.DryRun || isListed ? await SettleAsync(findings[number], state, stop) : findings[number]
        );
        await jobs.WriteItemsAsync(job.Id, state.LookedAt, [.. findings.Select(Text)], cancellation);
        var next = state with
        {
            LookedAt = to,
            Found = state.Found + findings.Count(finding => finding.Outcome != Outcome.Settled),
            Repaired = state.Repaired + findings.Count(finding => finding.Outcome == Outcome.Repaired),
            Failed = state.Failed + findings.Count(finding => finding.Outcome == Outcome.Failed),
        };
        return new JobStep(
            job.With(next, ReconcileJson.Default.ReconcileState) with
            {
                Status = to == job.Items ? JobStatus.Completed : JobStatus.Running,
            }
        );
    }

    private async Task<Finding> SettleAsync(Finding finding, ReconcileState state, CancellationToken cancellation)
    {
        // A page that is done a second time: what was put right in the first go stays counted.
        if (finding.Outcome is not Outcome.Found)
        {
            return finding;
        }

        try
        {
            if (!await repair.StillHoldsAsync(finding, state.SettledBefore, cancellation))
            {
                if (await repair.IsUnreachableAsync(finding, cancellation))
                {
                    return finding with { Kind = DifferenceKind.Unaddressable, Outcome = state.DryRun ? Outcome.Found : Outcome.Failed };
                }

                return finding with
                {
                    Outcome = Outcome.Settled,
                };
            }

            return state.DryRun ? finding
                : await repair.RunAsync(finding, cancellation) is { } reason ? finding with { Outcome = Outcome.Failed, Reason = reason }
                : finding with { Outcome = Outcome.Repaired };
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            RepairFailed(logger, error, finding.Kind, finding.Id);
            return finding with { Outcome = Outcome.Failed, Reason = ReasonOf(error) };
        }
    }

    private static string ReasonOf(Exception error) =>
        error is RequestFailedException { Status: > 0 } failed
            ? $"A service answered {failed.Status}{(failed.ErrorCode is { } code ? $" {code}" : "")}."
            : error.Message;

    /// <summary>
    /// What neither names, versions nor states tell: a run that reads only what was written since would not see it again.
    /// </summary>
    private static bool IsSeenInFullOnly(Finding finding) =>
        finding.Kind is DifferenceKind.UnreadableRecord or DifferenceKind.OtherModel or DifferenceKind.WrongListing;

    private static string Text(Finding finding) => JsonSerializer.Serialize(finding, ReconcileJson.Default.Finding);

    private static Finding Parse(string text) => JsonSerializer.Deserialize(text, ReconcileJson.Default.Finding)!;

    [LoggerMessage(140, LogLevel.Warning, "A difference ({Kind}) could not be put right at {Id}")]
    private static partial void RepairFailed(ILogger logger, Exception error, DifferenceKind kind, string id);
}
