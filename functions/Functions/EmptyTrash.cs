using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;
using Serverless.Models;
using Serverless.Pipeline;

namespace Serverless.Functions;

/// <summary>Deletes what has been in the trash for long enough, every night at half past three.</summary>
internal sealed class EmptyTrash(EarlyWork early, ModelSides sides)
{
    [Function(nameof(EmptyTrash))]
    public Task RunAsync([TimerTrigger("0 30 3 * * *")] TimerInfo timer, CancellationToken cancellation) =>
        early.RunAsync(() => sides.Get<Trash>().EmptyAsync(cancellation), cancellation);
}
