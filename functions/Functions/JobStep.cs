using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;
using Serverless.Jobs;
using Serverless.Storage;

namespace Serverless.Functions;

/// <summary>Does the next steps of a job.</summary>
internal sealed class JobStep(JobQueue queue, EarlyWork early, IServiceProvider services)
{
    [Function(nameof(JobStep))]
    public Task RunAsync([QueueTrigger(JobQueue.Name)] string message, CancellationToken cancellation)
    {
        var step = queue.Read(message);
        return early.RunAsync(queue, step, () => services.GetRequiredService<JobRun>().RunAsync(step, cancellation), cancellation);
    }
}
