using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;
using Serverless.Models;
using Serverless.Pipeline;
using Serverless.Storage;
using Serverless.Telemetry;

namespace Serverless.Functions;

/// <summary>Forgets an image that was deleted.</summary>
internal sealed class RemoveImage(ImageStore store, EarlyWork early, ModelSides sides)
{
    [Function(nameof(RemoveImage))]
    public async Task RunAsync([QueueTrigger(DeletionQueue.Name)] string message, CancellationToken cancellation)
    {
        foreach (var path in StorageEvents.Subjects(message).Select(store.PathOfSubject).OfType<ImagePath>())
        {
            using var span = ImageSpans.Begin("remove", path.Id);
            await early.RunAsync(path, () => sides.Get<ImagePipeline>().AdvanceAsync(path, Occasion.Event, cancellation), cancellation);
        }
    }
}
