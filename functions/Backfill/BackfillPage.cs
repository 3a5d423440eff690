using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>Finds the images on one page of the bucket that need work, and does it.</summary>
internal sealed class BackfillPage(ImageStore store, ImageLedger ledger, IEnumerable<IBackfillWork> kinds)
{
    /// <summary>A dry run only reads the ledger.</summary>
    private const int DryPageSize = 1000;

    private readonly Dictionary<BackfillWork, IBackfillWork> works = kinds.ToDictionary(work => work.Kind);

    /// <summary>The job after its next page.</summary>
    public async Task<BackfillJob> ProcessAsync(BackfillJob job, CancellationToken cancellation)
    {
        var work = works[job.Work];
        var page = await store.PageAsync(job.Prefix, job.Continuation, job.DryRun ? DryPageSize : work.PageSize, cancellation);
        var nameless = page.Blobs.Where(blob => !store.IsAddressable(blob.Path)).ToList();
        page = page with { Blobs = [.. page.Blobs.Except(nameless)] };
        var briefs = await Task.WhenAll(page.Blobs.Select(blob => ledger.FindBriefAsync(blob.Path.Id, cancellation)));
        var room = (job.Max ?? long.MaxValue) - job.Queued;
        var chosen = page.Blobs.Zip(briefs, (blob, brief) => new BackfillItem(blob, brief)).Where(work.IsWanted).ToList();
        var isCapped = chosen.Count > room || (chosen.Count == room && page.Continuation is not null);
        var wanted = chosen.Count;
        chosen = [.. chosen.Take((int)Math.Min(room, chosen.Count))];
        var failed = job.DryRun ? 0 : await work.RunAsync(chosen, cancellation);
        var isOver = isCapped || page.Continuation is null;
        return job with
        {
            Found = job.Found + page.Blobs.Count + nameless.Count,
            Queued = job.Queued + chosen.Count,
            Skipped = job.Skipped + briefs.Length - wanted,
            Done = job.Done + (job.DryRun ? 0 : chosen.Count - failed),
            Failed = job.Failed + failed + nameless.Count,
            Bytes = job.Bytes + chosen.Sum(item => item.Blob.Bytes),
            Continuation = page.Continuation,
            Status = isOver ? BackfillStatus.Completed : BackfillStatus.Running,
            Reason =
                nameless is [var odd, ..] ? $"No URL reaches '{odd.Path}': copy it under another name."
                : isCapped ? $"Stopped at the requested maximum of {job.Max:N0} images. Start another backfill to continue."
                : job.Reason,
        };
    }
}
