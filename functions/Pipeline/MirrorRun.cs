using Serverless.Embeddings;
using Serverless.Models;
using Serverless.Pipeline.Steps;
using Serverless.Storage;

namespace Serverless.Pipeline;

/// <summary>Handles the messages of changes that an index must follow, on the side that writes it.</summary>
internal sealed partial class MirrorRun(ModelSides sides, MirrorQueue queue, ILogger<MirrorRun> logger)
{
    /// <summary>Another instance may have the model; this one may open it meanwhile.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    public async Task RunAsync(MirrorMessage message, CancellationToken cancellation)
    {
        if (sides.Of(message.Index) is not { } side)
        {
            await sides.FollowAsync(cancellation);
            if (sides.State?.Other?.Index == message.Index)
            {
                await queue.SendAsync(message, Pause, cancellation);
            }

            return;
        }

        try
        {
            await side.Services.GetRequiredService<MirrorImage>().RunAsync(message.Id, cancellation);
        }
        catch (EmbeddingUnavailableException outage)
        {
            await queue.SendAsync(message, outage.RetryAfter ?? Pause, cancellation);
        }
        catch (EmbeddingRefusedException refusal)
        {
            LogRefused(logger, message.Id, refusal.Message);
        }
    }

    [LoggerMessage(106, LogLevel.Warning, "Image {Id} cannot be in the second index. {Reason}")]
    private static partial void LogRefused(ILogger logger, string id, string reason);
}
