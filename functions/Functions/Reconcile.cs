using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;
using Serverless.Models;
using Serverless.Reconcile;

namespace Serverless.Functions;

/// <summary>Reconciles ledger, index and containers, every night at three.</summary>
internal sealed class Reconcile(EarlyWork early, ModelSides sides)
{
    [Function(nameof(Reconcile))]
    public Task RunAsync([TimerTrigger("0 0 3 * * *")] TimerInfo timer, CancellationToken cancellation) =>
        early.RunAsync(() => sides.Get<ReconcileStart>().RunAsync(dryRun: false, full: false, cancellation), cancellation);
}
