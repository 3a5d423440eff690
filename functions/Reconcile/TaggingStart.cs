using System.Text.Json;
using Serverless.Jobs;

namespace Serverless.Reconcile;

/// <summary>Has all images compared with the categories of today; a run that is under way begins again.</summary>
internal sealed class TaggingStart(JobRun jobs)
{
    public Task<Job> RunAsync(CancellationToken cancellation) =>
        jobs.BeginAgainAsync(
            TaggingSteps.Name,
            JsonSerializer.Serialize(new TaggingState(Guid.NewGuid()), TaggingJson.Default.TaggingState),
            cancellation
        );
}
