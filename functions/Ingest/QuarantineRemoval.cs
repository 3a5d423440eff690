using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Ingest;

/// <summary>Deletes a quarantined image for good, at a person's word.</summary>
internal sealed class QuarantineRemoval(ImageLedger ledger, QuarantineStore quarantine, IndexWriter index)
{
    /// <summary>False where the image is not in quarantine.</summary>
    public async Task<bool> TryRunAsync(string id, CancellationToken cancellation)
    {
        ImageRecord? record;
        do
        {
            // Again where the row was written meanwhile without a change of state: the list of duplicates notes its place there.
            record = await ledger.FindAsync(id, cancellation);
            if (record?.State != ImageState.Quarantined)
            {
                return false;
            }
        }
        while (await ledger.TryWriteAsync(record with { State = ImageState.Removed }, cancellation) is null);

        await quarantine.DeleteForGoodAsync(record.QuarantineName!, cancellation);
        if (await index.SyncAsync(record.Id, cancellation) is { State: ImageState.Removed } removed)
        {
            await ledger.TryDeleteAsync(removed, cancellation);
        }

        return true;
    }
}
