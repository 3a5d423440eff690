using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;
using Serverless.Reconcile;

namespace Serverless.Functions;

/// <summary>Reconciles ledger, index and containers, every night at three.</summary>
internal sealed class Reconcile(EarlyWork early, IServiceProvider services)
{
    [Function(nameof(Reconcile))]
    public Task RunAsync([TimerTrigger("0 0 3 * * *")] TimerInfo timer, CancellationToken cancellation) =>
        early.RunAsync(
            () => services.GetRequiredService<ReconcileStart>().RunAsync(dryRun: false, full: false, cancellation),
            cancellation
        );
}
