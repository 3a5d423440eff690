using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>The images of one page of the bucket: which of them are not judged yet, and their way through the pipeline.</summary>
internal sealed partial class BackfillPage(
    ImageStore store,
    ImageLedger ledger,
    EmbeddingModel model,
    ImagePipeline pipeline,
    RecheckQueue recheck,
    ILogger<BackfillPage> logger
)
{
    /// <summary>Few enough that a page ends well within the time limit of a function, whatever the model.</summary>
    private const int PageSize = 50;

    /// <summary>Pages of a dry run read the ledger only.</summary>
    private const int DryPageSize = 1000;

    private const int Parallelism = 4;

    /// <summary>The job after its next page.</summary>
    public async Task<BackfillJob> ProcessAsync(BackfillJob job, CancellationToken cancellation)
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

    [LoggerMessage(120, LogLevel.Warning, "Image {Id} failed in a backfill; it will be tried again from the recheck queue")]
    private static partial void HandedOver(ILogger logger, Exception error, string id);
}
