using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;
using Serverless.Pipeline;
using Serverless.Storage;

namespace Serverless.Functions;

/// <summary>Lets the index of a second model follow an image.</summary>
internal sealed class MirrorImage(MirrorQueue queue, EarlyWork early, MirrorRun run)
{
    [Function(nameof(MirrorImage))]
    public Task RunAsync([QueueTrigger(MirrorQueue.Name)] string message, CancellationToken cancellation)
    {
        var changed = queue.Read(message);
        return early.RunAsync(queue, changed, () => run.RunAsync(changed, cancellation), cancellation);
    }
}
