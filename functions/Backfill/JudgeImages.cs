using Serverless.Embeddings;
using Serverless.Features;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline;
using Serverless.Pipeline.Steps;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>Ingests images that are not judged yet, and adds what this version knows to older ones.</summary>
internal sealed partial class JudgeImages(
    EmbeddingModel model,
    HoldInPlace hold,
    AdoptVectors adopt,
    ImagePipeline pipeline,
    RecheckQueue recheck,
    ILogger<JudgeImages> logger
) : IBackfillWork
{
    public BackfillWork Kind => BackfillWork.Judge;

    public bool IsWanted(BackfillItem item) =>
        !(
            item.Brief is { State: ImageState.Indexed or ImageState.Rejected } brief
            && brief.BlobETag == item.ETag
            && model.Is(brief.Model, brief.ModelRevision)
            && (brief.State == ImageState.Rejected || brief.FeaturesVersion == VisualFeatures.VersionOfToday)
        );

    public async Task<bool> TryRunAsync(BackfillItem item, CancellationToken cancellation)
    {
        var mayBeRetried = !item.ReportOnly;
        try
        {
            if (item.ReportOnly)
            {
                await hold.RunAsync(item.Path, cancellation);
                mayBeRetried = true;
            }

            if (IsOfOtherModel(item) && await adopt.TryRunAsync(item.Path.Id, cancellation))
            {
                return true;
            }

            await pipeline.AdvanceAsync(item.Path, Occasion.Event, cancellation);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            HandedOver(logger, error, item.Path.Id);
            if (mayBeRetried)
            {
                await recheck.SendAsync(RecheckMessage.ForPath(item.Path), TimeSpan.FromSeconds(10), cancellation);
            }

            return false;
        }
    }

    /// <summary>The model was changed since this version was judged: its vectors may be known.</summary>
    private bool IsOfOtherModel(BackfillItem item) =>
        item.Brief is { State: ImageState.Indexed, FeaturesVersion: VisualFeatures.VersionOfToday } brief
        && brief.BlobETag == item.ETag
        && !model.Is(brief.Model, brief.ModelRevision);

    [LoggerMessage(
        120,
        LogLevel.Warning,
        "Image {Id} failed in a backfill; the recheck queue retries it, unless it must be judged for a report only"
    )]
    private static partial void HandedOver(ILogger logger, Exception error, string id);
}
