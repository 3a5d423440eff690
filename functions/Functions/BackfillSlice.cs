using Microsoft.Azure.Functions.Worker;
using Serverless.Backfill;
using Serverless.Hosting;
using Serverless.Storage;

namespace Serverless.Functions;

/// <summary>Processes one slice of a backfill.</summary>
internal sealed class BackfillSlice(BackfillSliceQueue queue, EarlyWork early, IServiceProvider services)
{
    [Function(nameof(BackfillSlice))]
    public Task RunAsync([QueueTrigger(BackfillSliceQueue.Name)] string message, CancellationToken cancellation)
    {
        var slice = queue.Read(message);
        return early.RunAsync(queue, slice, () => services.GetRequiredService<SliceRun>().RunAsync(slice, cancellation), cancellation);
    }
}
