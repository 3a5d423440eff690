using System.Security.Cryptography;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;
using Serverless.Telemetry;

namespace Serverless.Pipeline.Steps;

/// <summary>Records why an upload can never be judged. Its blob stays where it is.</summary>
internal sealed class RejectImage(
    ImageLedger ledger,
    PublishImage publish,
    EmbeddingModel model,
    StorageClock storage,
    ILogger<RejectImage> logger
)
{
    public async Task<StepResult> RunAsync(Upload upload, string reason, CancellationToken cancellation)
    {
        var record = ImageRecord.Of(upload.Seen.Path, ImageState.Rejected, upload.Seen.Blob!, upload.Seen.Record) with
        {
            Sha256 = upload.Bytes is { } bytes ? Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) : null,
            DecidedAt = await storage.NowAsync(cancellation),
            Model = model.Name,
            ModelRevision = model.Revision,
            Reason = reason,
        };
        if (await ledger.TryWriteAsync(record, cancellation) is not { } written)
        {
            return StepResult.LookAgain;
        }

        ImageMetrics.Ingested("rejected");
        PipelineLog.Rejected(logger, record.Id, reason);

        // What had no record has no document.
        if (upload.Seen.Record is not null)
        {
            await publish.RunAsync(written, cancellation);
        }

        return StepResult.Done;
    }
}
