using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline;

/// <summary>The state of one image in ledger and storage, and the step that follows from it.</summary>
internal sealed record Snapshot(ImagePath Path, ImageRecord? Record, StoredImageFacts? Blob, NextStep Next);

/// <summary>Takes snapshots.</summary>
internal sealed class Snapshots(ImageLedger ledger, ImageStore blobs, EmbeddingModel model)
{
    public async Task<Snapshot> TakeAsync(ImagePath path, Occasion occasion, CancellationToken cancellation)
    {
        // The record is read before the blob: if another worker judges a new version of the blob in between, a later conditional write
        // fails. The other way round, an old version could overwrite the verdict on the new one.
        var record = await ledger.FindAsync(path.Id, cancellation);
        var blob = await blobs.FactsAsync(path, cancellation);
        return new Snapshot(path, record, blob, StateTable.Next(record?.State, Compare(record, blob), occasion));
    }

    /// <summary>
    /// The result of a step, or <see cref="StepResult.LookAgain"/> if the blob was deleted meanwhile: the deletion event found no record to
    /// remove.
    /// </summary>
    public async Task<StepResult> ConfirmAsync(Snapshot seen, StepResult result, CancellationToken cancellation)
    {
        var leavesBlob = seen.Next is not (NextStep.Nothing or NextStep.Remove) && (seen.Blob is not null || seen.Next == NextStep.Restore);
        return result == StepResult.Done && leavesBlob && await blobs.FactsAsync(seen.Path, cancellation) is null
            ? StepResult.LookAgain
            : result;
    }

    private BlobSituation Compare(ImageRecord? record, StoredImageFacts? blob) =>
        blob is null ? BlobSituation.Absent
        : record?.BlobETag != blob.Version ? BlobSituation.Unjudged
        : model.Made(record) ? BlobSituation.Judged
        : BlobSituation.OtherModel;
}
