using System.Globalization;
using System.Text.Json;
using Microsoft.OpenApi;
using Serverless.Api.Description;
using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Jobs;
using Serverless.Review;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>The progress and findings of a review of the quarantine.</summary>
/// <param name="Restore">Whether findings are put back.</param>
/// <param name="Judged">Images judged so far.</param>
/// <param name="Stay">Images that belong in quarantine.</param>
/// <param name="Unjudged">Images that cannot be judged now; they stay.</param>
/// <param name="Found">Images that should not be there.</param>
/// <param name="Restored">Of those, the ones put back.</param>
/// <param name="Images">Images that should not be there, at most 500.</param>
/// <param name="Continuation">If there are more images: pass it as <c>continuation</c>; otherwise null.</param>
internal sealed record ReviewView(
    string Id,
    JobStatus Status,
    bool Restore,
    int Judged,
    int Stay,
    int Unjudged,
    int Found,
    int Restored,
    DateTime StartedAt,
    DateTime? FinishedAt,
    string? Reason,
    IReadOnlyList<ReviewedImageView> Images,
    string? Continuation
);

/// <summary>A quarantined image that the current rules would not move there.</summary>
/// <param name="DuplicateOf">Its supposed original.</param>
/// <param name="Verdict">The current verdict.</param>
/// <param name="Outcome">What was done with it.</param>
internal sealed record ReviewedImageView(
    string Id,
    string Path,
    ImageReference? DuplicateOf,
    Verdict Verdict,
    Evidence Evidence,
    ReviewOutcome Outcome
);

/// <summary>Judges the quarantine again, by the current rules.</summary>
internal sealed class ReviewEndpoint(JobRun run, JobTable table, TimeProvider clock)
{
    private const int MostShown = 500;

    /// <summary>How long a caller waits for the complete report.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost(
                "/duplicates/review",
                (HttpRequest request, ReviewEndpoint endpoint, CancellationToken cancellation) => endpoint.StartAsync(request, cancellation)
            )
            .WithName("startReview")
            .WithSummary(
                "Judges everything in quarantine by the current rules, and lists what should not be there; 'restore' puts it back."
            )
            .WithDescription(
                "Answers with the finished report if that takes at most 20 s, otherwise with 202 and the address of its "
                    + "progress. "
                    + "Images with the same bytes as their original stay. Only one review runs at a time: another request returns the "
                    + "running one."
            )
            .Produces<ReviewView>()
            .Produces<ReviewView>(202)
            .ProducesProblem(400)
            .ProducesProblem(409)
            .WithQuery(QueryParameter.Flag("restore", "Whether to put back what should not be there."))
            .DisableRequestTimeout();
        routes
            .MapGet(
                "/duplicates/review/{id}",
                (string id, HttpRequest request, ReviewEndpoint endpoint, CancellationToken cancellation) =>
                    endpoint.FindAsync(id, request, cancellation)
            )
            .WithName("getReview")
            .WithSummary("Gets the progress and findings of a review of the quarantine.")
            .Produces<ReviewView>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .WithQuery(("continuation", JsonSchemaType.String, "From the previous page."));
        routes
            .MapDelete(
                "/duplicates/review/{id}",
                (string id, ReviewEndpoint endpoint, CancellationToken cancellation) => endpoint.CancelAsync(id, cancellation)
            )
            .WithName("cancelReview")
            .WithSummary("Stops a review after the images being judged. Restored images stay restored.")
            .Produces<ReviewView>()
            .ProducesProblem(404);
    }

    private async Task<IResult> StartAsync(HttpRequest request, CancellationToken cancellation)
    {
        var restore = QueryValue.Flag(request.Query, "restore");
        var job = await run.StartAsync(QuarantineReview.Name, QuarantineReview.Begin(restore), cancellation);
        if (QuarantineReview.StateOf(job).Restore != restore)
        {
            throw ProblemException.Conflict(
                $"A review with restore={(restore ? "false" : "true")} is running: wait for it, or stop it with DELETE "
                    + $"/api/duplicates/review/{job.Id}."
            );
        }

        var started = clock.GetTimestamp();
        while (job.Status == JobStatus.Running && clock.GetElapsedTime(started) < MaxWait)
        {
            await Task.Delay(Poll, clock, cancellation);
            job = await table.FindAsync(job.Kind, job.Id, cancellation) ?? job;
        }

        var view = await ViewAsync(job, 0, cancellation);
        return job.Status == JobStatus.Running ? Results.Accepted($"/api/duplicates/review/{job.Id}", view) : Results.Ok(view);
    }

    private async Task<ReviewView> FindAsync(string id, HttpRequest request, CancellationToken cancellation)
    {
        var from = QueryValue.Between(QueryValue.Integer(request.Query, "continuation") ?? 0, 0, int.MaxValue - MostShown, "continuation");
        return await ViewAsync(
            Known(ImagePath.IsId(id) ? await table.FindAsync(QuarantineReview.Name, id, cancellation) : null),
            from,
            cancellation
        );
    }

    private async Task<ReviewView> CancelAsync(string id, CancellationToken cancellation) =>
        await ViewAsync(Known(ImagePath.IsId(id) ? await run.CancelAsync(QuarantineReview.Name, id, cancellation) : null), 0, cancellation);

    private async Task<ReviewView> ViewAsync(Job job, int from, CancellationToken cancellation)
    {
        var state = QuarantineReview.StateOf(job);
        var to = Math.Min(from + MostShown, job.Items);
        var images =
            from < to
                ? await table
                    .ItemsAsync(job.Id, from, to, cancellation)
                    .Select(text => View(JsonSerializer.Deserialize(text, ReviewJson.Default.ReviewedImage)!))
                    .ToListAsync(cancellation)
                : [];
        return new ReviewView(
            job.Id,
            job.Status,
            state.Restore,
            state.Judged,
            state.Stay,
            state.Unjudged,
            state.Found,
            state.Restored,
            job.StartedAt.UtcDateTime,
            job.FinishedAt?.UtcDateTime,
            job.Reason,
            images,
            to < job.Items ? to.ToString(CultureInfo.InvariantCulture) : null
        );
    }

    private static ReviewedImageView View(ReviewedImage image) =>
        new(
            image.Id,
            image.Path,
            ImagePath.TryParse(image.DuplicateOf) is { } other ? new ImageReference(other.Id, other.ToString()) : null,
            image.Verdict,
            image.Evidence,
            image.Outcome
        );

    private static Job Known(Job? job) =>
        job ?? throw ProblemException.NotFound("There is no such review. POST /api/duplicates/review starts one.");
}
