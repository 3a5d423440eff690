using Microsoft.Azure.Functions.Worker;
using Serverless.Backfill;
using Serverless.Hosting;
using Serverless.Models;
using Serverless.Storage;

namespace Serverless.Functions;

/// <summary>Processes one slice of a backfill.</summary>
internal sealed class BackfillSlice(BackfillSliceQueue queue, EarlyWork early, ModelSides sides)
{
    [Function(nameof(BackfillSlice))]
    public Task RunAsync([QueueTrigger(BackfillSliceQueue.Name)] string message, CancellationToken cancellation)
    {
        var slice = queue.Read(message);
        return early.RunAsync(queue, slice, () => sides.Get<SliceRun>().RunAsync(slice, cancellation), cancellation);
    }
}
