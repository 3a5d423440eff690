using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline.Steps;

namespace Serverless.Pipeline;

/// <summary>
/// Restores a quarantined image on request. If a person asks, the app remembers that the image is not a duplicate of anything it matches
/// now; the rules restore an image only when they no longer call it one.
/// </summary>
internal sealed class Restoration(ImageLedger ledger, BeginRestore begin, ImagePipeline pipeline)
{
    /// <param name="id">Id of the image.</param>
    /// <param name="cancellation">Stops between two requests; the second look finishes a restore that has begun.</param>
    public Task<RestoreOutcome> RunAsync(string id, RestoreReason reason, CancellationToken cancellation) =>
        Race.UntilWonAsync(() => AttemptAsync(id, reason, cancellation));

    /// <summary>Null if the record changed meanwhile.</summary>
    private async Task<RestoreOutcome?> AttemptAsync(string id, RestoreReason reason, CancellationToken cancellation)
    {
        var record = await ledger.FindAsync(id, cancellation);
        switch (record?.State)
        {
            case null or ImageState.Removed:
                return RestoreOutcome.Unknown;
            case ImageState.Restoring:
                break;
            case ImageState.Quarantined:
                var begun = await begin.RunAsync(record, reason, cancellation);
                if (begun.Record is null)
                {
                    return begun.Refusal;
                }

                record = begun.Record;
                break;
            default:
                return RestoreOutcome.NotQuarantined;
        }

        await pipeline.AdvanceAsync(record.Path, Occasion.Resumption, cancellation);
        var now = await ledger.FindAsync(id, cancellation);
        return now is null || now.Sha256 != record.Sha256 ? RestoreOutcome.PathTaken
            : now.IsLive ? RestoreOutcome.Restored
            : now.RowVersion == record.RowVersion ? RestoreOutcome.PathTaken
            : null;
    }
}
