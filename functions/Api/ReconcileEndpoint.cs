using Microsoft.OpenApi;
using Serverless.Api.Description;
using Serverless.Jobs;
using Serverless.Reconcile;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>A reconciliation: its progress and findings.</summary>
/// <param name="DryRun">True if nothing is changed.</param>
/// <param name="Full">True if every row is read in full; otherwise only those written since <paramref name="Since"/>, plus all names,
/// versions and states.</param>
/// <param name="Since">Rows written since this time are read in full.</param>
/// <param name="Stage">First it compares, then it repairs.</param>
/// <param name="Checked">The compared items.</param>
/// <param name="Found">Confirmed differences, including those not listed.</param>
/// <param name="Repaired">Those that were repaired.</param>
/// <param name="Failed">Those whose repair failed.</param>
/// <param name="Left">Differences still to be checked.</param>
/// <param name="Differences">The first thousand; null in the list of all reconciliations.</param>
/// <param name="More">True if there are more than listed.</param>
internal sealed record ReconcileView(
    string Id,
    JobStatus Status,
    bool DryRun,
    bool Full,
    DateTime? Since,
    [property: Choices("comparing", "repairing")] string Stage,
    ReconcileCounts Checked,
    int Found,
    int Repaired,
    int Failed,
    int Left,
    IReadOnlyList<ReportedDifference>? Differences,
    bool More,
    DateTime StartedAt,
    DateTime? FinishedAt,
    double? TookMs,
    string? Reason
);

/// <summary>A difference.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Path">The upload path; for an orphan copy, the name of the blob in quarantine.</param>
/// <param name="What">What is wrong, in words.</param>
/// <param name="Action">The repair, in words.</param>
/// <param name="Repaired">True if it was repaired, or handed to the queue that does it.</param>
/// <param name="Failed">True if the repair failed; <paramref name="Reason"/> says why.</param>
/// <param name="Reason">The specific fault.</param>
internal sealed record ReportedDifference(
    DifferenceKind Kind,
    string Id,
    string? Path,
    string What,
    string Action,
    bool Repaired,
    bool Failed,
    string? Reason
);

/// <summary>The newest reconciliations.</summary>
internal sealed record ReconcileList(IReadOnlyList<ReconcileView> Jobs);

/// <summary>Reconciles bucket, quarantine, index and ledger, as a job like a backfill.</summary>
internal static class ReconcileEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/reconcile", StartAsync)
            .WithName("startReconciliation")
            .WithSummary(
                "Compares bucket, quarantine, index and ledger, and repairs differences. Also runs every night. If one is running, "
                    + "it is returned."
            )
            .Produces<ReconcileView>(202)
            .ProducesProblem(400)
            .WithQuery(
                QueryParameter.Flag("dryRun", "Only reports differences."),
                QueryParameter.Flag(
                    "full",
                    "Reads every row in full, not only those written since the last complete run. Happens once a week by itself."
                )
            );
        routes
            .MapGet("/reconcile", ListAsync)
            .WithName("listReconciliations")
            .WithSummary("Lists the newest hundred reconciliations.")
            .Produces<ReconcileList>();
        routes
            .MapGet("/reconcile/{id}", FindAsync)
            .WithName("getReconciliation")
            .WithSummary("Gets the progress and findings of a reconciliation.")
            .Produces<ReconcileView>()
            .ProducesProblem(404);
        routes
            .MapDelete("/reconcile/{id}", CancelAsync)
            .WithName("cancelReconciliation")
            .WithSummary("Stops a reconciliation after the current step.")
            .Produces<ReconcileView>()
            .ProducesProblem(404);
    }

    private static async Task<IResult> StartAsync(HttpRequest request, ReconcileStart start, JobTable jobs, CancellationToken cancellation)
    {
        var job = await start.RunAsync(QueryValue.Flag(request.Query, "dryRun"), QueryValue.Flag(request.Query, "full"), cancellation);
        return Results.Accepted($"/api/reconcile/{job.Id}", await ViewAsync(job, jobs, cancellation));
    }

    private static async Task<ReconcileList> ListAsync(JobTable jobs, CancellationToken cancellation) =>
        new(await jobs.ListAsync(ReconcileSteps.Name, cancellation).Select(job => Of(job, null)).ToListAsync(cancellation));

    private static async Task<ReconcileView> FindAsync(string id, JobTable jobs, CancellationToken cancellation) =>
        await ViewAsync(Known(ImagePath.IsId(id) ? await jobs.FindAsync(ReconcileSteps.Name, id, cancellation) : null), jobs, cancellation);

    private static async Task<ReconcileView> CancelAsync(string id, JobRun run, JobTable jobs, CancellationToken cancellation) =>
        await ViewAsync(
            Known(ImagePath.IsId(id) ? await run.CancelAsync(ReconcileSteps.Name, id, cancellation) : null),
            jobs,
            cancellation
        );

    private static Job Known(Job? job) =>
        job
        ?? throw new ProblemException(
            StatusCodes.Status404NotFound,
            "There is no such reconciliation.",
            "GET /api/reconcile lists existing ones."
        );

    private static async Task<ReconcileView> ViewAsync(Job job, JobTable jobs, CancellationToken cancellation)
    {
        // Unchecked findings may turn out not to be differences.
        var looked = Math.Min(StateOf(job).LookedAt, ReconcileSteps.Listed);
        var findings = jobs.ItemsAsync(job.Id, 0, looked, cancellation).Select(Parse).Where(finding => finding.Outcome != Outcome.Settled);
        return Of(job, await findings.Select(Of).ToListAsync(cancellation));
    }

    private static ReconcileState StateOf(Job job) => job.StateOf(ReconcileJson.Default.ReconcileState) ?? new ReconcileState();

    private static ReconcileView Of(Job job, List<ReportedDifference>? differences)
    {
        var state = StateOf(job);
        return new ReconcileView(
            job.Id,
            job.Status,
            state.DryRun,
            state.Full,
            state.Since?.UtcDateTime,
            state.IsCompared ? "repairing" : "comparing",
            state.Checked,
            state.Found,
            state.Repaired,
            state.Failed,
            job.Items - state.LookedAt,
            differences,
            state.IsCapped || state.Found > (differences?.Count ?? state.Found),
            job.StartedAt.UtcDateTime,
            job.FinishedAt?.UtcDateTime,
            (job.FinishedAt - job.StartedAt)?.TotalMilliseconds,
            job.Reason
        );
    }

    private static ReportedDifference Of(Finding finding) =>
        new(
            finding.Kind,
            finding.Id,
            finding.Path ?? finding.Copy,
            Differences.What(finding.Kind),
            Differences.Action(finding.Kind),
            finding.Outcome == Outcome.Repaired,
            finding.Outcome == Outcome.Failed,
            finding.Reason
        );

    private static Finding Parse(string text) => System.Text.Json.JsonSerializer.Deserialize(text, ReconcileJson.Default.Finding)!;
}
