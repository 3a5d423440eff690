using Serverless.Images;
using Serverless.Sheets;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>
/// Queues sheets whose pages and tiles may be missing, without waiting for them. Those that are up to date are queued too: that they are is
/// seen when their turn comes.
/// </summary>
internal sealed class PartImages(PartsQueue queue, SheetRule rule) : IBackfillWork
{
    public BackfillWork Kind => BackfillWork.Parts;

    public bool IsWanted(BackfillItem item) =>
        item.Brief is { State: ImageState.Indexed } brief
        && brief.BlobETag == item.ETag
        && rule.MayHaveParts(new SheetFacts(brief.Path, brief.Format, brief.Frames, brief.Visual));

    public async Task<bool> TryRunAsync(BackfillItem item, CancellationToken cancellation)
    {
        await queue.SendAsync(new PartsMessage(item.Path.Id), TimeSpan.Zero, cancellation);
        return true;
    }
}
