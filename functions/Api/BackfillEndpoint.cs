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
/// described.</param>
internal sealed record BackfillRequest(
    string? Container = null,
    string? Prefix = null,
    bool DryRun = false,
    long? Max = null,
    BackfillWork Work = BackfillWork.Judge
);

/// <summary>The progress of a backfill.</summary>
/// <param name="Work">What is done with the images.</param>
/// <param name="Container">The container.</param>
/// <param name="Prefix">Only blobs whose names start with this; null for all.</param>
/// <param name="DryRun">True if blobs are only counted.</param>
/// <param name="Max">Maximum number of images to process; null for no limit.</param>
/// <param name="Found">Blobs seen so far.</param>
/// <param name="Queued">Of those, the ones to process.</param>
/// <param name="Skipped">Those that need no work.</param>
/// <param name="Done">Those that were processed.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="Bytes">Total size of the blobs to process.</param>
internal sealed record BackfillView(
    string Id,
    BackfillStatus Status,
    BackfillWork Work,
    string Container,
    string? Prefix,
    bool DryRun,
    long? Max,
    long Found,
    long Queued,
    long Skipped,
    long Done,
    long Failed,
    long Bytes,
    DateTime StartedAt,
    DateTime? FinishedAt,
    string? Reason
)
{
    public static BackfillView Of(BackfillJob job) =>
        new(
            job.Id,
            job.Status,
            job.Work,
            job.Container,
            job.Prefix,
            job.DryRun,
            job.Max,
            job.Found,
            job.Queued,
            job.Skipped,
            job.Done,
            job.Failed,
            job.Bytes,
            job.StartedAt.UtcDateTime,
            job.FinishedAt?.UtcDateTime,
            job.Reason
        );
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
                "Judges every blob of the images container that is not judged yet, page by page, or with 'work' describes images that "
                    + "are not; 'dryRun' only counts them."
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
            .WithSummary("Stops a backfill after the current page. It can be resumed.")
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

        var job = await backfill.StartAsync(
            wanted.Work,
            string.IsNullOrEmpty(wanted.Prefix) ? null : wanted.Prefix,
            wanted.DryRun,
            wanted.Max,
            cancellation
        );
        return Results.Accepted($"/api/backfill/{job.Id}", BackfillView.Of(job));
    }

    private static async Task<BackfillList> ListAsync(BackfillJobs jobs, CancellationToken cancellation) =>
        new([.. (await jobs.ListAsync(cancellation)).Select(BackfillView.Of)]);

    private static async Task<BackfillView> FindAsync(string id, BackfillJobs jobs, CancellationToken cancellation) =>
        Known(IsId(id) ? await jobs.FindAsync(id, cancellation) : null);

    private static async Task<BackfillView> CancelAsync(string id, BackfillRun backfill, CancellationToken cancellation) =>
        Known(IsId(id) ? await backfill.CancelAsync(id, cancellation) : null);

    private static async Task<BackfillView> ResumeAsync(string id, BackfillRun backfill, CancellationToken cancellation)
    {
        var job = Known(IsId(id) ? await backfill.ResumeAsync(id, cancellation) : null);
        return job.Status == BackfillStatus.Completed
            ? throw ProblemException.Conflict("The backfill is complete. Start another one.")
            : job;
    }

    /// <summary>Ids look like an image's.</summary>
    private static bool IsId(string id) => ImagePath.IsId(id);

    private static BackfillView Known(BackfillJob? job) =>
        job is null
            ? throw new ProblemException(
                StatusCodes.Status404NotFound,
                "There is no such backfill.",
                "GET /api/backfill lists existing ones."
            )
            : BackfillView.Of(job);
}
