using Microsoft.Azure.Functions.Worker;
using Serverless.Backfill;
using Serverless.Hosting;
using Serverless.Jobs;
using Serverless.Models;

namespace Serverless.Functions;

/// <summary>Every five minutes continues the jobs and backfills whose queue message was lost.</summary>
internal sealed class WakeStalled(EarlyWork early, ModelSides sides)
{
    [Function(nameof(WakeStalled))]
    public Task RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        early.RunAsync(
            async () =>
            {
                await sides.Get<JobRun>().WakeStalledAsync(cancellation);
                await sides.Get<BackfillRun>().WakeStalledAsync(cancellation);
            },
            cancellation
        );
}
