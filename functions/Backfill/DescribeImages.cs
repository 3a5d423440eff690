using Microsoft.Extensions.Options;
using Serverless.Describe;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>Queues images that no model has described yet, without waiting for the descriptions.</summary>
internal sealed class DescribeImages(DescribeQueue queue, IOptions<DescribeOptions> options) : IBackfillWork
{
    private const int Parallelism = 8;

    public BackfillWork Kind => BackfillWork.Describe;

    public int PageSize => 200;

    public bool IsWanted(BackfillItem item) =>
        item.Brief is { State: ImageState.Indexed, Sha256: not null, IsDescribed: false } brief
        && brief.BlobETag == item.Blob.ETag
        && options.Value.Covers(item.Blob.Path.Name);

    public async Task<int> RunAsync(IReadOnlyList<BackfillItem> items, CancellationToken cancellation)
    {
        await Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation },
            async (item, stop) => await queue.SendAsync(new DescribeMessage(item.Blob.Path.Id, item.Brief!.Sha256!), TimeSpan.Zero, stop)
        );
        return 0;
    }
}
