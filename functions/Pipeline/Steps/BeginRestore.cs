using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>The start of a restore.</summary>
/// <param name="Record">The updated record; null if the restore did not begin.</param>
/// <param name="Refusal">Why it cannot begin; null if another writer was first.</param>
internal readonly record struct RestoreBegin(ImageRecord? Record, RestoreOutcome? Refusal = null);

/// <summary>
/// Marks a quarantined image for restoring. It is announced again, so that a copy uploaded meanwhile comes later in the order and is still
/// caught.
/// </summary>
internal sealed class BeginRestore(ImageStore store, QuarantineStore quarantine, RenewVectors vectors, AnnounceImage announce)
{
    public async Task<RestoreBegin> RunAsync(ImageRecord record, RestoreReason reason, CancellationToken cancellation)
    {
        if (await store.FactsAsync(record.Path, cancellation) is not null)
        {
            return new RestoreBegin(null, RestoreOutcome.PathTaken);
        }

        if (
            !await VerifiedCopy.HoldsAsync(quarantine.Blob(record.QuarantineName!), record.Sha256!, cancellation)
            || await vectors.RunAsync(record, cancellation) is not { } renewed
        )
        {
            return new RestoreBegin(null, RestoreOutcome.Missing);
        }

        var restoring = renewed with
        {
            State = ImageState.Restoring,
            IsSetAside = false,
            Reason = null,
            TrashedAt = null,
            IsRestoredByRules = reason == RestoreReason.Rules,
            IsRestoredInstead = reason == RestoreReason.KeptInstead,
        };
        return new RestoreBegin(await AnnounceAsync(restoring, cancellation));
    }

    /// <summary>
    /// The record with the current model's vectors, announced again if the restore began under another model. Null if another writer was
    /// first.
    /// </summary>
    public async Task<RestoreBegin> RenewAsync(ImageRecord record, CancellationToken cancellation)
    {
        var renewed = await vectors.RunAsync(record, cancellation);
        return renewed is null
            ? new RestoreBegin(null, RestoreOutcome.Missing)
            : new RestoreBegin(ReferenceEquals(renewed, record) ? record : await AnnounceAsync(renewed, cancellation));
    }

    private Task<ImageRecord?> AnnounceAsync(ImageRecord record, CancellationToken cancellation) =>
        announce.TryRunAgainAsync(record, $"restore:{record.Sequence}", cancellation);
}
