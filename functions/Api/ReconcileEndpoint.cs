using Microsoft.OpenApi;
using Serverless.Api.Description;
using Serverless.Jobs;
using Serverless.Reconcile;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>A reconciliation: how far it is, and what it found and did.</summary>
/// <param name="DryRun">True where nothing is changed.</param>
/// <param name="Full">True where every row was read in full; otherwise those written since <paramref name="Since"/>, and all names,
/// versions and states.</param>
/// <param name="Since">Where not every row was read: those written since then were.</param>
/// <param name="Stage">First it compares, then it repairs.</param>
/// <param name="Checked">What was compared.</param>
/// <param name="Found">Differences that still held when they were looked at again, also those not listed.</param>
/// <param name="Repaired">Those that were put right.</param>
/// <param name="Failed">Those that could not be.</param>
/// <param name="Left">Differences still to be looked at again.</param>
/// <param name="Differences">Of the first thousand; null in the list of all reconciliations.</param>
/// <param name="More">True where there are more than those listed.</param>
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

/// <summary>Something that does not agree.</summary>
/// <param name="Kind">What sort of difference it is.</param>
/// <param name="Path">Where the image was uploaded; for an orphan copy, the name of the blob in quarantine.</param>
/// <param name="What">What is wrong, in words.</param>
/// <param name="Action">What puts it right, in words.</param>
/// <param name="Repaired">True where that was done, or handed to the queue that does it.</param>
/// <param name="Failed">True where that could not be done; <paramref name="Reason"/> says why.</param>
/// <param name="Reason">What is wrong in this case.</param>
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

/// <summary>Whether bucket, quarantine, index and ledger agree: a job, as a backfill is.</summary>
internal static class ReconcileEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/reconcile", StartAsync)
            .WithName("startReconciliation")
            .WithSummary(
                "Compares bucket, quarantine, index and ledger, and repairs what disagrees. Runs every night as well. Where one runs, "
                    + "that one is returned."
            )
            .Produces<ReconcileView>(202)
            .ProducesProblem(400)
            .WithQuery(
                QueryParameter.Flag("dryRun", "Only tells the differences."),
                QueryParameter.Flag(
                    "full",
                    "Reads every row in full, not only those written since the last complete run. Once a week it does so by itself."
                )
            );
        routes
            .MapGet("/reconcile", ListAsync)
            .WithName("listReconciliations")
            .WithSummary("The hundred newest reconciliations.")
            .Produces<ReconcileList>();
        routes
            .MapGet("/reconcile/{id}", FindAsync)
            .WithName("getReconciliation")
            .WithSummary("How far a reconciliation is, and what it found.")
            .Produces<ReconcileView>()
            .ProducesProblem(404);
        routes
            .MapDelete("/reconcile/{id}", CancelAsync)
            .WithName("cancelReconciliation")
            .WithSummary("Stops a reconciliation after the step that is being done.")
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
        ?? throw new Refusal(
            StatusCodes.Status404NotFound,
            "There is no such reconciliation.",
            "GET /api/reconcile lists those that there are."
        );

    private static async Task<ReconcileView> ViewAsync(Job job, JobTable jobs, CancellationToken cancellation)
    {
        // Those that were not looked at again yet may turn out to be none.
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
