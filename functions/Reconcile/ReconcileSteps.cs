using System.Text.Json;
using Serverless.Jobs;

namespace Serverless.Reconcile;

/// <summary>
/// Compares bucket, quarantine, search index and ledger, and repairs differences. Safe at any time and in several processes at once: every
/// finding is checked again before it is touched, and every repair is a step the app may take anyway. A failure is reported with its reason
/// and stops nothing.
/// </summary>
internal sealed class ReconcileSteps(JobTable jobs, ReconcileScope scope, Comparison comparison, FindingSettlement settlement) : IJobSteps
{
    public const string Name = "reconcile";

    /// <summary>The most findings that a report lists and a dry run checks again.</summary>
    public const int Listed = 1000;

    private const int MostFindings = 100_000;
    private const int PageSize = 100;
    private const int Parallelism = 8;

    public string Kind => Name;

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancellation)
    {
        var state = job.StateOf(ReconcileJson.Default.ReconcileState) ?? throw new InvalidDataException("The job's state cannot be read.");
        return state.IsCompared ? await LookAgainAsync(job, state, cancellation) : await CompareAsync(job, state, cancellation);
    }

    private async Task<JobStep> CompareAsync(Job job, ReconcileState state, CancellationToken cancellation)
    {
        state = state.ComparedTo is null ? await scope.BeginAsync(job, state, cancellation) : state;
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
            For = state.For == scope.For ? state.For : null,
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

    /// <summary>Checks some findings again, and repairs those that persist.</summary>
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
                findings[number] =
                    !state.DryRun || isListed ? await settlement.SettleAsync(findings[number], state, stop) : findings[number]
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

    /// <summary>
    /// Not visible in names, versions or states: an incremental run would not see it again.
    /// </summary>
    private static bool IsSeenInFullOnly(Finding finding) =>
        finding.Kind is DifferenceKind.UnreadableRecord or DifferenceKind.OtherModel or DifferenceKind.WrongListing;

    private static string Text(Finding finding) => JsonSerializer.Serialize(finding, ReconcileJson.Default.Finding);

    private static Finding Parse(string text) => JsonSerializer.Deserialize(text, ReconcileJson.Default.Finding)!;
}
