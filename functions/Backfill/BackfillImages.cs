using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>Says of listed images which ones need work, and does it.</summary>
internal sealed class BackfillImages(ImageStore store, ImageLedger ledger, IEnumerable<IBackfillWork> kinds)
{
    private const int Parallelism = 50;

    private readonly Dictionary<BackfillWork, IBackfillWork> works = kinds.ToDictionary(work => work.Kind);

    public async Task<List<ListedBlob>> WantedAsync(BackfillJob job, List<ListedBlob> blobs, CancellationToken cancellation)
    {
        var isWanted = new bool[blobs.Count];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
        await Parallel.ForAsync(
            0,
            blobs.Count,
            limits,
            async (number, stop) =>
                isWanted[number] = works[job.Work].IsWanted(await ItemAsync(job, blobs[number].Path, blobs[number].ETag, stop))
        );
        return [.. blobs.Where((_, number) => isWanted[number])];
    }

    /// <summary>False if it failed.</summary>
    public async Task<bool> TryRunAsync(BackfillJob job, SliceItem listed, CancellationToken cancellation)
    {
        // Another worker may have processed it: an event, or one that was killed before it could say so.
        var item = await ItemAsync(job, new ImagePath(store.Images, listed.Name), listed.ETag, cancellation);
        return !works[job.Work].IsWanted(item) || await works[job.Work].TryRunAsync(item, cancellation);
    }

    private async Task<BackfillItem> ItemAsync(BackfillJob job, ImagePath path, string version, CancellationToken cancellation) =>
        new(path, version, await ledger.FindBriefAsync(path.Id, cancellation)) { ReportOnly = job.ReportOnly };
}
