using Serverless.Images;
using Serverless.Sheets;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>What is queued when an image was published.</summary>
internal sealed record FollowUps(RequestDescription Description, RequestParts Parts);

/// <summary>
/// Has the pages and tiles of a sheet follow its record: after a verdict, a change of what it is filtered by, a move, a removal. Nothing of
/// an upload waits for it.
/// </summary>
internal sealed class RequestParts(PartsQueue queue, SheetRule rule)
{
    public bool IsWanted(ImageRecord record) => record.HasParts || (record.IsLive && rule.MayHaveParts(record));

    /// <param name="record">Null if it is gone.</param>
    public async Task RunAsync(string id, ImageRecord? record, CancellationToken cancellation)
    {
        if (record is null || IsWanted(record))
        {
            await queue.SendAsync(new PartsMessage(id), TimeSpan.Zero, cancellation);
        }
    }
}
