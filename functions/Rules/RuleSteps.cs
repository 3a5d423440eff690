using System.Text.Json;
using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Jobs;

namespace Serverless.Rules;

/// <summary>
/// Applies a rule: first every pair is decided and noted, then each note is carried out and says what was done. An undo reads the notes of
/// the other job backwards.
/// </summary>
internal sealed class RuleSteps(JobTable jobs, RuleScan scan, PairExecution execution, IOptions<DuplicateOptions> options) : IJobSteps
{
    public const string Name = "rules";

    private const int MostPairs = 100_000;
    private const int PlannedAtOnce = 200;

    /// <summary>A few seconds of work.</summary>
    private const int MadeAtOnce = 16;
    private const int Parallelism = 4;

    private static readonly TimeSpan LeastKept = TimeSpan.FromDays(90);

    public string Kind => Name;

    public static RuleState StateOf(Job job) => job.StateOf(RuleJson.Default.RuleState) ?? new RuleState { IsPlanned = true };

    public static RuledPair PairOf(string text) => JsonSerializer.Deserialize(text, RuleJson.Default.RuledPair)!;

    public Task<JobStep> StepAsync(Job job, CancellationToken cancellation)
    {
        var state = StateOf(job);
        return state.UndoOf is { } other ? UndoAsync(job, state, other, cancellation)
            : state.IsPlanned ? MakeAsync(job, state, cancellation)
            : PlanAsync(job, state, cancellation);
    }

    private async Task<JobStep> PlanAsync(Job job, RuleState state, CancellationToken cancellation)
    {
        if (state.After is null)
        {
            var kept = options.Value.TrashRetention > LeastKept ? options.Value.TrashRetention : LeastKept;
            await jobs.TrimAsync(Name, job.StartedAt - kept, cancellation);
        }

        var page = await scan.PageAsync(state.Rule, state.After, PlannedAtOnce, cancellation);
        var changes = page.Groups.SelectMany(group => group.Pairs).Where(pair => pair.Moves.Count > 0).Take(MostPairs - job.Items).ToList();
        var isCapped = job.Items + changes.Count == MostPairs;
        var next = state with
        {
            After = page.Next,
            IsPlanned = page.Next is null || isCapped,
            Counts = page.Groups.Aggregate(state.Counts, (counts, group) => counts.Plus(group.Pairs)),
            Total = job.Items + changes.Count,
            IsCapped = isCapped,
        };
        return new JobStep(After(job, next, isOver: next is { IsPlanned: true, Total: 0 }), [.. changes.Select(Text)]);
    }

    private async Task<JobStep> MakeAsync(Job job, RuleState state, CancellationToken cancellation)
    {
        var to = Math.Min(state.At + MadeAtOnce, state.Total);
        var pairs = await jobs.ItemsAsync(job.Id, state.At, to, cancellation).Select(PairOf).ToArrayAsync(cancellation);
        await EachGroupAsync(pairs, execution.RunAsync, cancellation);

        // Written over the plan before the row: repeated after a crash, what is over is not done again.
        await jobs.WriteItemsAsync(job.Id, state.At, [.. pairs.Select(Text)], cancellation);
        return new JobStep(After(job, Over(state, pairs, to), isOver: to == state.Total));
    }

    private async Task<JobStep> UndoAsync(Job job, RuleState state, string otherId, CancellationToken cancellation)
    {
        var to = Math.Min(state.At + MadeAtOnce, state.Total);
        var pairs = await jobs.ItemsAsync(otherId, state.Total - to, state.Total - state.At, cancellation)
            .Select(PairOf)
            .Where(pair => pair.Done.Count > 0)
            .Reverse()
            .ToArrayAsync(cancellation);
        await EachGroupAsync(pairs, execution.UndoAsync, cancellation);
        return new JobStep(After(job, Over(state, pairs, to), isOver: to == state.Total), [.. pairs.Select(Text)]);
    }

    /// <summary>Groups at once, the pairs of one in their order.</summary>
    private static Task EachGroupAsync(
        RuledPair[] pairs,
        Func<RuledPair, CancellationToken, Task<RuledPair>> runAsync,
        CancellationToken cancellation
    ) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, pairs.Length).GroupBy(number => pairs[number].KeptId),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation },
            async (numbers, stop) =>
            {
                foreach (var number in numbers)
                {
                    pairs[number] = await runAsync(pairs[number], stop);
                }
            }
        );

    private static RuleState Over(RuleState state, RuledPair[] pairs, int to) =>
        state with
        {
            At = to,
            Done = state.Done + pairs.Count(pair => pair.Outcome == RuleOutcome.Done),
            Left = state.Left + pairs.Count(pair => pair.Outcome == RuleOutcome.Left),
        };

    private static Job After(Job job, RuleState state, bool isOver) =>
        job.With(state, RuleJson.Default.RuleState) with
        {
            Status = isOver ? JobStatus.Completed : JobStatus.Running,
        };

    private static string Text(RuledPair pair) => JsonSerializer.Serialize(pair, RuleJson.Default.RuledPair);
}
