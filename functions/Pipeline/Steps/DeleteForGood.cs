using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>Permanently deletes a quarantined image on request.</summary>
internal sealed class DeleteForGood(ImageLedger ledger, QuarantineStore quarantine, ForgetImage forget)
{
    /// <summary>False if the image is not in quarantine.</summary>
    public Task<bool> TryRunAsync(string id, CancellationToken cancellation) => Race.UntilWonAsync(() => AttemptAsync(id, cancellation));

    private async Task<bool?> AttemptAsync(string id, CancellationToken cancellation)
    {
        var record = await ledger.FindAsync(id, cancellation);
        if (record?.State != ImageState.Quarantined)
        {
            return false;
        }

        // The list of duplicates also updates the row: that alone is no reason to give up.
        if (await ledger.TryWriteAsync(record with { State = ImageState.Removed }, cancellation) is null)
        {
            return null;
        }

        await quarantine.DeleteForGoodAsync(record.QuarantineName!, cancellation);
        await forget.TryRunAsync(id, cancellation);
        return true;
    }
}
