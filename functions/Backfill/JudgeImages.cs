using Serverless.Embeddings;
using Serverless.Features;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>Ingests images that are not judged yet, and adds what this version knows to older ones.</summary>
internal sealed partial class JudgeImages(EmbeddingModel model, ImagePipeline pipeline, RecheckQueue recheck, ILogger<JudgeImages> logger)
    : IBackfillWork
{
    private const int Parallelism = 4;

    public BackfillWork Kind => BackfillWork.Judge;

    public int PageSize => 50;

    public bool IsWanted(BackfillItem item) =>
        !(
            item.Brief is { State: ImageState.Indexed or ImageState.Rejected } brief
            && brief.BlobETag == item.Blob.ETag
            && model.Is(brief.Model, brief.ModelRevision)
            && (brief.State == ImageState.Rejected || brief.FeaturesVersion == VisualFeatures.VersionOfToday)
        );

    /// <summary>Ingests with bounded parallelism, so that uploads keep their share of the CPU.</summary>
    public async Task<int> RunAsync(IReadOnlyList<BackfillItem> items, CancellationToken cancellation)
    {
        var failed = 0;
        await Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation },
            async (item, stop) =>
            {
                var path = item.Blob.Path;
                try
                {
                    await pipeline.AdvanceAsync(path, Occasion.Event, stop);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    Interlocked.Increment(ref failed);
                    HandedOver(logger, error, path.Id);
                    await recheck.SendAsync(RecheckMessage.ForPath(path), TimeSpan.FromSeconds(10), stop);
                }
            }
        );
        return failed;
    }

    [LoggerMessage(120, LogLevel.Warning, "Image {Id} failed in a backfill and will be retried from the recheck queue")]
    private static partial void HandedOver(ILogger logger, Exception error, string id);
}
