using Microsoft.Extensions.Options;
using Serverless.Describe;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>Queues images that no model has described yet, without waiting for the descriptions.</summary>
internal sealed class DescribeImages(DescribeQueue queue, IOptions<DescribeOptions> options) : IBackfillWork
{
    public BackfillWork Kind => BackfillWork.Describe;

    public bool IsWanted(BackfillItem item) =>
        item.Brief is { State: ImageState.Indexed, Sha256: not null, IsDescribed: false } brief
        && brief.BlobETag == item.ETag
        && options.Value.Covers(item.Path.Name);

    public async Task<bool> TryRunAsync(BackfillItem item, CancellationToken cancellation)
    {
        await queue.SendAsync(new DescribeMessage(item.Path.Id, item.Brief!.Sha256!), TimeSpan.Zero, cancellation);
        return true;
    }
}
