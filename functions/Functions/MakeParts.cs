using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;
using Serverless.Models;
using Serverless.Pipeline.Steps;
using Serverless.Storage;

namespace Serverless.Functions;

/// <summary>Makes the pages and tiles of a sheet, or takes them out of the index.</summary>
internal sealed class MakeParts(PartsQueue queue, EarlyWork early, ModelSides sides)
{
    [Function(nameof(MakeParts))]
    public Task RunAsync([QueueTrigger(PartsQueue.Name)] string message, CancellationToken cancellation)
    {
        var sheet = queue.Read(message);
        return early.RunAsync(queue, sheet, () => sides.Get<UpdateParts>().RunAsync(sheet, cancellation), cancellation);
    }
}
