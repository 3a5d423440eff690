using Azure;
using Serverless.Describe;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Asks for a picture to be described, where the settings want that and nobody has. Nothing waits for it: where even asking fails, the
/// image goes its way without, and a backfill of descriptions finds it.
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

    [LoggerMessage(140, LogLevel.Warning, "Image {Id}: its description could not be asked for")]
    private static partial void NotAsked(ILogger logger, Exception error, string id);
}
