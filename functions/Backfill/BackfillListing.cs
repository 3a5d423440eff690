using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>Finds the images on the next page of the bucket that need work.</summary>
internal sealed class BackfillListing(ImageStore store, BackfillImages images)
{
    /// <summary>A slice takes at least four images, so that a page makes at most fifty: half a transaction.</summary>
    private const int PageSize = 200;

    /// <summary>A dry run makes no slices.</summary>
    private const int DryPageSize = 1000;

    /// <summary>The service's limit. Only names are read.</summary>
    private const int CountPageSize = 5000;

    public string Container => store.Images;

    /// <summary>The job after its next page, and the images found there.</summary>
    public async Task<(BackfillJob Job, IReadOnlyList<BackfillSlice> Slices)> NextAsync(BackfillJob job, CancellationToken cancellation)
    {
        var page = await store.PageAsync(job.Prefix, job.Continuation, job.DryRun ? DryPageSize : PageSize, cancellation);
        var blobs = page.Blobs.Where(blob => store.IsAddressable(blob.Path)).ToList();
        var nameless = page.Blobs.FirstOrDefault(blob => !store.IsAddressable(blob.Path));
        var wanted = await images.WantedAsync(job, blobs, cancellation);
        var room = (job.Max ?? long.MaxValue) - job.Queued;
        var isCapped = wanted.Count > room || (wanted.Count == room && page.Continuation is not null);
        var chosen = wanted.Take((int)Math.Min(room, wanted.Count)).ToList();
        var slices = job.DryRun ? [] : Slicing.Cut(job.Id, job.NextSlice, chosen.Select(blob => new SliceItem(blob.Path.Name, blob.ETag)));
        var after = job with
        {
            Found = job.Found + page.Blobs.Count,
            Queued = job.Queued + chosen.Count,
            Skipped = job.Skipped + blobs.Count - wanted.Count,
            Failed = job.Failed + page.Blobs.Count - blobs.Count,
            Bytes = job.Bytes + chosen.Sum(blob => blob.Bytes),
            NextSlice = job.NextSlice + slices.Count,
            Continuation = page.Continuation,
            IsListed = isCapped || page.Continuation is null,
            Reason =
                nameless?.Path is { } odd ? $"No URL reaches '{odd}': copy it under another name."
                : isCapped ? $"Stopped at the requested maximum of {job.Max:N0} images. Start another backfill to continue."
                : job.Reason,
        };
        return (after, slices);
    }

    /// <summary>Counts on by names alone, so that a long run can say how much is left.</summary>
    public async Task<BackfillJob> CountAsync(BackfillJob job, CancellationToken cancellation)
    {
        var page = await store.PageAsync(job.Prefix, job.CountContinuation, CountPageSize, cancellation);
        return job with
        {
            Counted = job.Counted + page.Blobs.Count,
            CountContinuation = page.Continuation,
            IsCounted = page.Continuation is null,
        };
    }
}
