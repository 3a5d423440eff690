using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;
using Serverless.Models;
using Serverless.Pipeline;
using Serverless.Storage;
using Serverless.Telemetry;

namespace Serverless.Functions;

/// <summary>Takes a second look at an image.</summary>
internal sealed class RecheckImage(RecheckQueue queue, EarlyWork early, ModelSides sides)
{
    [Function(nameof(RecheckImage))]
    public async Task RunAsync([QueueTrigger(RecheckQueue.Name)] string message, CancellationToken cancellation)
    {
        var recheck = queue.Read(message);
        using var span = ImageSpans.BeginLinked("recheck", recheck.Id, recheck.TraceParent);
        await early.RunAsync(queue, recheck, () => sides.Get<SecondLook>().RunAsync(recheck, cancellation), cancellation);
    }
}
