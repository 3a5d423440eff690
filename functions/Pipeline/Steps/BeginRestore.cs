using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>How a restore began.</summary>
/// <param name="Record">The record that says so; null where it did not begin.</param>
/// <param name="Refusal">Why it cannot begin; null where another writer was first.</param>
internal readonly record struct RestoreBegin(ImageRecord? Record, RestoreOutcome? Refusal = null);

/// <summary>
/// Marks a quarantined image as one that goes back. It is announced anew, so that a copy uploaded meanwhile is later in the order
/// and is still caught.
/// </summary>
internal sealed class BeginRestore(ImageStore store, QuarantineStore quarantine, RenewVectors vectors, AnnounceImage announce)
{
    /// <param name="byRules">Whether the rules have it back, and no person said that it is no duplicate.</param>
    public async Task<RestoreBegin> RunAsync(ImageRecord record, bool byRules, CancellationToken cancellation)
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

        return new RestoreBegin(
            await AnnounceAsync(renewed with { State = ImageState.Restoring, IsRestoredByRules = byRules }, cancellation)
        );
    }

    /// <summary>
    /// The record with vectors of the model in use; where a restore began under another model, announced anew. Null where another
    /// writer was first.
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
