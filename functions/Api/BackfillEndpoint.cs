using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Serverless.Backfill;
using Serverless.Describe;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>What to walk over.</summary>
/// <param name="Container">The images container.</param>
/// <param name="Prefix">Only blobs whose names start with this.</param>
/// <param name="DryRun">Only counts.</param>
/// <param name="Max">Maximum number of images to process.</param>
/// <param name="Work"><c>judge</c> (default) ingests images that are not judged yet; <c>describe</c> describes images that no model has
/// described; <c>parts</c> makes the pages and tiles of sheets searchable.</param>
/// <param name="ReportOnly">What is judged stays in place, whatever the verdict: for a report of duplicates that moves nothing.</param>
internal sealed record BackfillRequest(
    string? Container = null,
    string? Prefix = null,
    bool DryRun = false,
    long? Max = null,
    BackfillWork Work = BackfillWork.Judge,
    bool ReportOnly = false
);

/// <summary>The progress of a backfill.</summary>
/// <param name="Work">What is done with the images.</param>
/// <param name="Container">The container.</param>
/// <param name="Prefix">Only blobs whose names start with this; null for all.</param>
/// <param name="DryRun">True if blobs are only counted.</param>
/// <param name="ReportOnly">True if what is judged stays in place.</param>
/// <param name="Max">Maximum number of images to process; null for no limit.</param>
/// <param name="Blobs">Blobs in all, as far as they are counted: the count runs ahead.</param>
/// <param name="IsCounted">True once <c>blobs</c> is final.</param>
/// <param name="Found">Blobs seen so far.</param>
/// <param name="Queued">Of those, the ones to process.</param>
/// <param name="IsListed">True once all blobs were seen: <c>queued</c> is final.</param>
/// <param name="Skipped">Those that need no work.</param>
/// <param name="Done">Those that were processed.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="Bytes">Total size of the blobs to process.</param>
/// <param name="ImagesPerSecond">Since it was started or last resumed; null before the first image.</param>
/// <param name="SecondsLeft">At this rate; null if that is not known yet.</param>
/// <param name="EstimatedUsd">In a dry run: what judging the images would cost, in US dollars.</param>
/// <param name="Estimate">In a dry run: time and costs in detail.</param>
internal sealed record BackfillView(
    string Id,
    BackfillStatus Status,
    BackfillWork Work,
    string Container,
    string? Prefix,
    bool DryRun,
    bool ReportOnly,
    long? Max,
    long Blobs,
    bool IsCounted,
    long Found,
    long Queued,
    bool IsListed,
    long Skipped,
    long Done,
    long Failed,
    long Bytes,
    double? ImagesPerSecond,
    long? SecondsLeft,
    decimal? EstimatedUsd,
    BackfillEstimate? Estimate,
    DateTime StartedAt,
    DateTime? FinishedAt,
    string? Reason
)
{
    public static BackfillView Of(BackfillReport report)
    {
        var (job, progress, estimate) = report;
        return new(
            job.Id,
            job.Status,
            job.Work,
            job.Container,
            job.Prefix,
            job.DryRun,
            job.ReportOnly,
            job.Max,
            job.IsListed ? job.Found : Math.Max(job.Counted, job.Found),
            job.IsCounted || job.IsListed,
            job.Found,
            job.Queued,
            job.IsListed,
            job.Skipped,
            progress.Done,
            progress.Failed,
            job.Bytes,
            progress.ImagesPerSecond,
            progress.SecondsLeft,
            estimate?.Usd,
            estimate,
            job.StartedAt.UtcDateTime,
            job.FinishedAt?.UtcDateTime,
            job.Reason
        );
    }
}

/// <summary>The newest backfills.</summary>
internal sealed record BackfillList(IReadOnlyList<BackfillView> Jobs);

/// <summary>Ingests images that were in the bucket before the app.</summary>
internal static class BackfillEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/backfill", StartAsync)
            .WithName("startBackfill")
            .WithSummary(
                "Judges every blob of the images container that is not judged yet, spread over all instances, or with 'work' describes "
                    + "images that are not; 'dryRun' only counts them, and estimates time and price."
            )
            .Accepts<BackfillRequest>("application/json")
            .Produces<BackfillView>(202)
            .ProducesProblem(400);
        routes
            .MapGet("/backfill", ListAsync)
            .WithName("listBackfills")
            .WithSummary("Lists the newest hundred backfills.")
            .Produces<BackfillList>();
        routes
            .MapGet("/backfill/{id}", FindAsync)
            .WithName("getBackfill")
            .WithSummary("Gets the progress of a backfill.")
            .Produces<BackfillView>()
            .ProducesProblem(404);
        routes
            .MapDelete("/backfill/{id}", CancelAsync)
            .WithName("cancelBackfill")
            .WithSummary("Stops a backfill after the images being processed. It can be resumed.")
            .Produces<BackfillView>()
            .ProducesProblem(404);
        routes
            .MapPost("/backfill/{id}/resume", ResumeAsync)
            .WithName("resumeBackfill")
            .WithSummary("Resumes a cancelled or stalled backfill.")
            .Produces<BackfillView>()
            .ProducesProblem(404)
            .ProducesProblem(409);
    }

    private static async Task<IResult> StartAsync(
        HttpRequest request,
        BackfillRun backfill,
        BackfillReports reports,
        ImageStore store,
        IOptions<DescribeOptions> describe,
        CancellationToken cancellation
    )
    {
        var wanted = await RequestBody.JsonAsync<BackfillRequest>(request, cancellation);
        if (wanted.Container != store.Images)
        {
            throw ProblemException.Invalid(
                $"'container' must be '{store.Images}', the container this app watches (Storage:Images). Copy images from "
                    + "elsewhere into it."
            );
        }

        if (wanted.Max < 1)
        {
            throw ProblemException.Invalid("'max' must be at least 1; leave it out for no limit.");
        }

        if (wanted.Work == BackfillWork.Describe && !describe.Value.IsOn)
        {
            throw ProblemException.Invalid("'work' is 'describe', but no model is configured for it: Describe:Provider is 'none'.");
        }

        if (wanted.Work == BackfillWork.Fill)
        {
            throw ProblemException.Invalid("'work' is 'fill', which a change of model starts by itself: POST /api/models/migrate.");
        }

        if (wanted is { ReportOnly: true, Work: not BackfillWork.Judge })
        {
            throw ProblemException.Invalid("'reportOnly' is for images that are judged: leave 'work' out, or leave 'reportOnly' out.");
        }

        var job = await backfill.StartAsync(
            new BackfillJob
            {
                Work = wanted.Work,
                Prefix = string.IsNullOrEmpty(wanted.Prefix) ? null : wanted.Prefix,
                DryRun = wanted.DryRun,
                ReportOnly = wanted.ReportOnly,
                Max = wanted.Max,
            },
            cancellation
        );
        return Results.Accepted($"/api/backfill/{job.Id}", BackfillView.Of(await reports.OfAsync(job, cancellation)));
    }

    private static async Task<BackfillList> ListAsync(BackfillReports reports, CancellationToken cancellation) =>
        new([.. (await reports.ListAsync(cancellation)).Select(BackfillView.Of)]);

    private static async Task<BackfillView> FindAsync(string id, BackfillReports reports, CancellationToken cancellation) =>
        Known(IsId(id) ? await reports.FindAsync(id, cancellation) : null);

    private static async Task<BackfillView> CancelAsync(
        string id,
        BackfillRun backfill,
        BackfillReports reports,
        CancellationToken cancellation
    ) => Known(IsId(id) && await backfill.CancelAsync(id, cancellation) is { } job ? await reports.OfAsync(job, cancellation) : null);

    private static async Task<BackfillView> ResumeAsync(
        string id,
        BackfillRun backfill,
        BackfillReports reports,
        CancellationToken cancellation
    )
    {
        var view = Known(
            IsId(id) && await backfill.ResumeAsync(id, cancellation) is { } job ? await reports.OfAsync(job, cancellation) : null
        );
        return view.Status == BackfillStatus.Completed
            ? throw ProblemException.Conflict("The backfill is complete. Start another one.")
            : view;
    }

    /// <summary>Ids look like an image's.</summary>
    private static bool IsId(string id) => ImagePath.IsId(id);

    private static BackfillView Known(BackfillReport? report) =>
        report is null
            ? throw new ProblemException(
                StatusCodes.Status404NotFound,
                "There is no such backfill.",
                "GET /api/backfill lists existing ones."
            )
            : BackfillView.Of(report);
}
