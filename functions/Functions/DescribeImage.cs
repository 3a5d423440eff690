using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;
using Serverless.Models;
using Serverless.Storage;

namespace Serverless.Functions;

/// <summary>Describes a judged picture.</summary>
internal sealed class DescribeImage(DescribeQueue queue, EarlyWork early, ModelSides sides)
{
    [Function(nameof(DescribeImage))]
    public Task RunAsync([QueueTrigger(DescribeQueue.Name)] string message, CancellationToken cancellation)
    {
        var picture = queue.Read(message);
        return early.RunAsync(
            queue,
            picture,
            () => sides.Get<Pipeline.Steps.DescribeImage>().RunAsync(picture, cancellation),
            cancellation
        );
    }
}
