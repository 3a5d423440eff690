using Serverless.Images;
using Serverless.Models;
using Serverless.Pipeline.Steps;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>Fills the index of a second model with every live image.</summary>
internal sealed partial class FillImages(ModelSides sides, MirrorQueue queue, ILogger<FillImages> logger) : IBackfillWork
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(10);

    public BackfillWork Kind => BackfillWork.Fill;

    public bool IsWanted(BackfillItem item) => item.Brief is { State: ImageState.Indexed or ImageState.Indexing };

    /// <summary>Without the second model in this process, another one may have it.</summary>
    public async Task<bool> TryRunAsync(BackfillItem item, CancellationToken cancellation)
    {
        try
        {
            if (sides.Other is { } other && await other.Services.GetRequiredService<MirrorImage>().RunAsync(item.Path.Id, cancellation))
            {
                return true;
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            HandedOver(logger, error, item.Path.Id);
        }

        if (sides.State?.Other is { Index: var index })
        {
            await queue.SendAsync(new MirrorMessage(item.Path.Id, index), RetryDelay, cancellation);
        }

        return false;
    }

    [LoggerMessage(121, LogLevel.Warning, "Image {Id} is not in the second index yet; its queue retries it")]
    private static partial void HandedOver(ILogger logger, Exception error, string id);
}
