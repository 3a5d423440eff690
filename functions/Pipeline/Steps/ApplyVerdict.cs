using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;
using Serverless.Telemetry;

namespace Serverless.Pipeline.Steps;

/// <summary>Writes the verdict into the record, and with it the image's destination.</summary>
internal sealed class ApplyVerdict(
    ImageLedger ledger,
    DuplicatePolicy policy,
    IOptions<DuplicateOptions> options,
    StorageClock storage,
    ILogger<ApplyVerdict> logger
)
{
    private const string Stays = "It stays in place: it was live before the model changed, or it was judged for a report.";

    /// <summary>The record with its verdict, on its way to the index or to quarantine; null if another writer was first.</summary>
    public async Task<ImageRecord?> TryRunAsync(ImageRecord record, Judgement judgement, CancellationToken cancellation)
    {
        var isDuplicate = judgement.Verdict.IsDuplicate();
        var moves = isDuplicate && options.Value.Moves && !record.StaysInPlace;
        var decided = record.Judged(judgement, await storage.NowAsync(cancellation)) with
        {
            State = moves ? ImageState.Quarantining : ImageState.Indexing,
            Threshold = policy.Threshold,
            QuarantineName = moves ? QuarantineStore.NameOf(record.Path, record.BlobETag) : null,
            Reason = isDuplicate && record.StaysInPlace ? Stays : record.Reason,
        };
        if (await ledger.TryWriteAsync(decided, cancellation) is not { } written)
        {
            return null;
        }

        ImageMetrics.Ingested(Names.Of(judgement.Verdict));
        PipelineLog.Decided(logger, record.Id, judgement.Verdict, judgement.Similarity ?? 0);
        return written;
    }

    /// <summary>The record of an image that is back at its path in this version; null if another writer was first.</summary>
    public async Task<ImageRecord?> TryRunRestoredAsync(
        ImageRecord record,
        Judgement judgement,
        string version,
        CancellationToken cancellation
    )
    {
        var restored = record.Judged(judgement, await storage.NowAsync(cancellation)) with
        {
            State = ImageState.Indexing,
            BlobETag = version,
            IsRestoredByRules = false,
            IsRestoredInstead = false,
        };
        return await ledger.TryWriteAsync(restored, cancellation);
    }
}
