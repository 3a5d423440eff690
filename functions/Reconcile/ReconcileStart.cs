using Serverless.Jobs;

namespace Serverless.Reconcile;

/// <summary>Starts a reconciliation, on request or at night, or returns the running one.</summary>
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
