using Microsoft.Azure.Functions.Worker;
using Serverless.Backfill;
using Serverless.Hosting;
using Serverless.Jobs;

namespace Serverless.Functions;

/// <summary>Every five minutes continues the jobs and backfills whose queue message was lost.</summary>
internal sealed class WakeStalled(EarlyWork early, IServiceProvider services)
{
    [Function(nameof(WakeStalled))]
    public Task RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        early.RunAsync(
            async () =>
            {
                await services.GetRequiredService<JobRun>().WakeStalledAsync(cancellation);
                await services.GetRequiredService<BackfillRun>().WakeStalledAsync(cancellation);
            },
            cancellation
        );
}
