using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Jobs;
using Serverless.Ledger;
using Serverless.Pipeline;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>
/// Walks over the images that are in the bucket, page by page, one queue message a page. A message says only "go on": the row
/// of the job says from where. So a page that is delivered twice is processed twice (which changes nothing) but counted once.
/// </summary>
internal sealed partial class BackfillRun(
    BackfillJobs jobs,
    BackfillQueue queue,
    ImageStore store,
    ImageLedger ledger,
    ImagePipeline pipeline,
    RecheckQueue recheck,
    EmbeddingModel model,
    StorageClock storage,
    ILogger<BackfillRun> logger
)
{
    /// <summary>Few enough that a page ends well within the time limit of a function, whatever the model.</summary>
    private const int PageSize = 50;

    /// <summary>Pages of a dry run read the ledger only.</summary>
    private const int DryPageSize = 1000;

    private const int Parallelism = 4;

    public async Task<BackfillJob> StartAsync(string? prefix, bool dryRun, long? max, CancellationToken cancellation)
    {
        var now = await storage.NowAsync(cancellation);
        var job =
            await jobs.TryWriteAsync(
                new BackfillJob
                {
                    Id = JobTable.NewId(now),
                    Container = store.Images,
                    Prefix = prefix,
                    DryRun = dryRun,
                    Max = max,
                    StartedAt = now,
                },
                cancellation
            ) ?? throw new InvalidOperationException("The id of a new backfill was taken.");
        await queue.SendAsync(new BackfillMessage(job.Id), cancellation);
        return job;
    }

    /// <summary>Stops after the page that is being processed.</summary>
    public async Task<BackfillJob?> CancelAsync(string id, CancellationToken cancellation)
    {
        var now = await storage.NowAsync(cancellation);
        return await ChangeAsync(
            id,
            job => job.Status == BackfillStatus.Running ? job with { Status = BackfillStatus.Cancelled, FinishedAt = now } : job,
            cancellation
        );
    }

    /// <summary>Goes on where a cancelled or stalled backfill stopped.</summary>
    public async Task<BackfillJob?> ResumeAsync(string id, CancellationToken cancellation)
    {
        var job = await ChangeAsync(
            id,
            job => job.Status == BackfillStatus.Cancelled ? job with { Status = BackfillStatus.Running, FinishedAt = null } : job,
            cancellation
        );
        if (job?.Status == BackfillStatus.Running)
        {
            await queue.SendAsync(new BackfillMessage(id), cancellation);
        }

        return job;
    }

    /// <summary>Processes one page and asks for the next.</summary>
    public async Task RunPageAsync(BackfillMessage message, CancellationToken cancellation)
    {
        if (await jobs.FindAsync(message.Id, cancellation) is not { Status: BackfillStatus.Running } job)
        {
            return;
        }

        var after = await jobs.TryWriteAsync(await ProcessAsync(job, cancellation), cancellation);
        if (after?.Status == BackfillStatus.Running)
        {
            await queue.SendAsync(message, cancellation);
        }
    }

    private async Task<BackfillJob> ProcessAsync(BackfillJob job, CancellationToken cancellation)
    {
        var page = await store.PageAsync(job.Prefix, job.Continuation, job.DryRun ? DryPageSize : PageSize, cancellation);
        var nameless = page.Blobs.Where(blob => !store.IsAddressable(blob.Path)).ToList();
        page = page with { Blobs = [.. page.Blobs.Except(nameless)] };
        var briefs = await Task.WhenAll(page.Blobs.Select(blob => ledger.FindBriefAsync(blob.Path.Id, cancellation)));
        var room = (job.Max ?? long.MaxValue) - job.Queued;
        var chosen = page.Blobs.Zip(briefs).Where(pair => !IsJudged(pair.First, pair.Second)).Select(pair => pair.First).ToList();
        var isCapped = chosen.Count > room || (chosen.Count == room && page.Continuation is not null);
        var unjudged = chosen.Count;
        chosen = [.. chosen.Take((int)Math.Min(room, chosen.Count))];
        var failed = job.DryRun ? 0 : await IngestAsync(chosen, cancellation);
        var isOver = isCapped || page.Continuation is null;
        return job with
        {
            Found = job.Found + page.Blobs.Count + nameless.Count,
            Queued = job.Queued + chosen.Count,
            Skipped = job.Skipped + briefs.Length - unjudged,
            Done = job.Done + (job.DryRun ? 0 : chosen.Count - failed),
            Failed = job.Failed + failed + nameless.Count,
            Bytes = job.Bytes + chosen.Sum(blob => blob.Bytes),
            Continuation = page.Continuation,
            Status = isOver ? BackfillStatus.Completed : BackfillStatus.Running,
            FinishedAt = isOver ? await storage.NowAsync(cancellation) : null,
            Reason =
                nameless is [var odd, ..] ? $"No address leads to '{odd.Path}': copy it under another name."
                : isCapped ? $"Stopped at the {job.Max:N0} images that were asked for. Start another one to go on."
                : job.Reason,
        };
    }

    private bool IsJudged(ListedBlob blob, ImageBrief? brief) =>
        brief is { State: ImageState.Indexed or ImageState.Rejected }
        && brief.BlobETag == blob.ETag
        && model.Is(brief.Model, brief.ModelRevision);

    /// <summary>Ingests with bounded parallelism, so that uploads keep their share of the processor; returns how many failed.</summary>
    private async Task<int> IngestAsync(IReadOnlyList<ListedBlob> blobs, CancellationToken cancellation)
    {
        var failed = 0;
        await Parallel.ForEachAsync(
            blobs,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation },
            async (blob, stop) =>
            {
                try
                {
                    await pipeline.AdvanceAsync(blob.Path, Occasion.Event, stop);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    Interlocked.Increment(ref failed);
                    HandedOver(logger, error, blob.Path.Id);
                    await recheck.SendAsync(RecheckMessage.LookAt(blob.Path), TimeSpan.FromSeconds(10), stop);
                }
            }
        );
        return failed;
    }

    private async Task<BackfillJob?> ChangeAsync(string id, Func<BackfillJob, BackfillJob> change, CancellationToken cancellation)
    {
        while (await jobs.FindAsync(id, cancellation) is { } job)
        {
            var changed = change(job);
            if (changed == job)
            {
                return job;
            }

            if (await jobs.TryWriteAsync(changed, cancellation) is { } written)
            {
                return written;
            }
        }

        return null;
    }

    [LoggerMessage(120, LogLevel.Warning, "Image {Id} failed in a backfill; it will be tried again from the recheck queue")]
    private static partial void HandedOver(ILogger logger, Exception error, string id);
}
