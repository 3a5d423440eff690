using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;
using Serverless.Jobs;
using Serverless.Models;
using Serverless.Storage;

namespace Serverless.Functions;

/// <summary>Does the next steps of a job.</summary>
internal sealed class JobStep(JobQueue queue, EarlyWork early, ModelSides sides)
{
    [Function(nameof(JobStep))]
    public Task RunAsync([QueueTrigger(JobQueue.Name)] string message, CancellationToken cancellation)
    {
        var step = queue.Read(message);
        return early.RunAsync(queue, step, () => sides.Get<JobRun>().RunAsync(step, cancellation), cancellation);
    }
}
