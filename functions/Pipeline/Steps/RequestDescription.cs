using Azure;
using Serverless.Describe;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Queues a picture for description, if the settings want that and it has none. Nothing waits for it: if even queuing fails, the image
/// continues without, and a backfill of descriptions finds it.
/// </summary>
internal sealed partial class RequestDescription(DescribeQueue queue, ImageDescriber describer, ILogger<RequestDescription> logger)
{
    /// <summary>The record that says so is written meanwhile.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);

    public bool IsWanted(ImageRecord record) => describer.Covers(record) && record.Description?.Model is null;

    public async Task RunAsync(ImageRecord record, CancellationToken cancellation)
    {
        if (!IsWanted(record))
        {
            return;
        }

        try
        {
            await queue.SendAsync(new DescribeMessage(record.Id, record.Sha256!), Delay, cancellation);
        }
        catch (RequestFailedException error)
        {
            NotAsked(logger, error, record.Id);
        }
    }

    [LoggerMessage(140, LogLevel.Warning, "Image {Id}: its description could not be requested")]
    private static partial void NotAsked(ILogger logger, Exception error, string id);
}
