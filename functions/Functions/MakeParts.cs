using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;
using Serverless.Pipeline.Steps;
using Serverless.Storage;

namespace Serverless.Functions;

/// <summary>Makes the pages and tiles of a sheet, or takes them out of the index.</summary>
internal sealed class MakeParts(PartsQueue queue, EarlyWork early, IServiceProvider services)
{
    [Function(nameof(MakeParts))]
    public Task RunAsync([QueueTrigger(PartsQueue.Name)] string message, CancellationToken cancellation)
    {
        var sheet = queue.Read(message);
        return early.RunAsync(queue, sheet, () => services.GetRequiredService<UpdateParts>().RunAsync(sheet, cancellation), cancellation);
    }
}
