using System.Globalization;
using Azure.Search.Documents;
using Microsoft.Extensions.Options;
using Serverless.Categories;
using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Jobs;
using Serverless.Ledger;
using Serverless.Pipeline.Steps;
using Serverless.Search;

namespace Serverless.Reconcile;

/// <summary>
/// Compares the stored vectors of all images with the categories of today, and writes their documents again: nothing is read from the
/// container or embedded. At last come those that another worker wrote meanwhile without knowing of the change.
/// </summary>
internal sealed partial class TaggingSteps(
    ImageLedger ledger,
    ImageIndex index,
    PublishImage publish,
    Tagger tagger,
    IOptions<DuplicateOptions> options,
    ILogger<TaggingSteps> logger
) : IJobSteps
{
    public const string Name = "tagging";

    private const int Partitions = 256;
    private const int ImagesAStep = 200;
    private const int MostStragglers = 1000;
    private const int Parallelism = 8;

    public string Kind => Name;

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancellation)
    {
        var state = job.StateOf(TaggingJson.Default.TaggingState) ?? throw new InvalidDataException("The job's state cannot be read.");
        var version = await tagger.VersionAsync(cancellation);
        if (state.Version != version)
        {
            state = new TaggingState(state.Asked) { Version = version };
        }

        if (state.Partition < Partitions)
        {
            var next = await SomeAsync(state, cancellation);
            return new JobStep(job.With(next, TaggingJson.Default.TaggingState))
            {
                Pause = next.Partition < Partitions ? TimeSpan.Zero : KnownCategories.Longest + options.Value.VisibilityWindow,
            };
        }

        var late = await index.ListAsync(SearchFilter.Create($"labelsVersion ne {version}"), MostStragglers, 0, cancellation);
        var done = await PublishAsync(state, [.. late.Select(document => document.Id)], cancellation);
        return new JobStep(job.With(done, TaggingJson.Default.TaggingState) with { Status = JobStatus.Completed });
    }

    /// <summary>Partitions with some hundred images.</summary>
    private async Task<TaggingState> SomeAsync(TaggingState state, CancellationToken cancellation)
    {
        var ids = new List<string>();
        while (state.Partition < Partitions && ids.Count < ImagesAStep)
        {
            var start = state.Partition.ToString("x2", CultureInfo.InvariantCulture);
            var live = ledger.BriefsAsync(start, cancellation).Where(brief => brief.State.IsLive()).Select(brief => brief.Id);
            ids.AddRange(await live.ToListAsync(cancellation));
            state = state with { Partition = state.Partition + 1 };
        }

        return await PublishAsync(state, ids, cancellation);
    }

    private async Task<TaggingState> PublishAsync(TaggingState state, List<string> ids, CancellationToken cancellation)
    {
        var failed = 0;
        var limits = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
        await Parallel.ForEachAsync(
            ids,
            limits,
            async (id, stop) =>
            {
                try
                {
                    await publish.RunAsync(id, stop);
                }
                catch (Exception error) when (!stop.IsCancellationRequested)
                {
                    // Reconciliation finds its document by the version.
                    Interlocked.Increment(ref failed);
                    TaggingFailed(logger, error, id);
                }
            }
        );
        return state with { Images = state.Images + ids.Count - failed, Failed = state.Failed + failed };
    }

    [LoggerMessage(150, LogLevel.Warning, "The labels of {Id} could not be written")]
    private static partial void TaggingFailed(ILogger logger, Exception error, string id);
}
