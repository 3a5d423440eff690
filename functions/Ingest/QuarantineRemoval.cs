using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Ingest;

/// <summary>Deletes a quarantined image for good, at a person's word.</summary>
internal sealed class QuarantineRemoval(ImageLedger ledger, QuarantineStore quarantine, IndexWriter index)
{
    /// <summary>False where the image is not in quarantine, or something else has just happened to it.</summary>
    public async Task<bool> TryRunAsync(ImageRecord record, CancellationToken cancellation)
    {
        if (record.State != ImageState.Quarantined
            || await ledger.TryWriteAsync(record with { State = ImageState.Removed }, cancellation) is null)
        {
            return false;
        }

        await quarantine.DeleteForGoodAsync(record.QuarantineName!, cancellation);
        if (await index.SyncAsync(record.Id, cancellation) is { State: ImageState.Removed } removed)
        {
            await ledger.TryDeleteAsync(removed, cancellation);
        }

        return true;
    }
}
