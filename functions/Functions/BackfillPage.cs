using Microsoft.Azure.Functions.Worker;
using Serverless.Backfill;
using Serverless.Hosting;
using Serverless.Models;
using Serverless.Storage;

namespace Serverless.Functions;

/// <summary>Processes one page of a backfill.</summary>
internal sealed class BackfillPage(BackfillQueue queue, EarlyWork early, ModelSides sides)
{
    [Function(nameof(BackfillPage))]
    public Task RunAsync([QueueTrigger(BackfillQueue.Name)] string message, CancellationToken cancellation)
    {
        var page = queue.Read(message);
        return early.RunAsync(queue, page, () => sides.Get<BackfillRun>().RunPageAsync(page, cancellation), cancellation);
    }
}
