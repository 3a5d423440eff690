using Serverless.Jobs;

namespace Serverless.Reconcile;

/// <summary>Starts a reconciliation, at a request or at night; the one that runs is returned where there is one.</summary>
internal sealed class ReconcileStart(JobRun jobs)
{
    public Task<Job> RunAsync(bool dryRun, bool full, CancellationToken cancellation)
    {
        var job = new ReconcileState { DryRun = dryRun, Full = full };
        return jobs.StartAsync(
            ReconcileSteps.Name,
            System.Text.Json.JsonSerializer.Serialize(job, ReconcileJson.Default.ReconcileState),
            cancellation
        );
    }
}
