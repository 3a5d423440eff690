using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Pipeline;

/// <summary>The outcome of a request to keep a quarantined image instead of the one that it was moved for.</summary>
/// <param name="Restore">What became of the quarantined image; null if the other one is not live: there is nothing to replace.</param>
/// <param name="ReplacedId">The other one.</param>
internal readonly record struct ReplacementOutcome(RestoreOutcome? Restore, string? ReplacedId = null);

/// <summary>
/// Keeps a quarantined image instead of the one that it was moved for: the quarantined one goes back first, then the other is moved as its
/// copy. In between both are live. If the app stops there, the second look finishes it, because the preference is remembered.
/// </summary>
internal sealed class Replacement(ImageLedger ledger, Restoration restoration, DuplicateJudge judge, ImagePipeline pipeline)
{
    public async Task<ReplacementOutcome> RunAsync(ImageRecord record, CancellationToken cancellation)
    {
        if (record is not { State: ImageState.Quarantined or ImageState.Restoring, IsSetAside: false, DuplicateOf: { } replaced })
        {
            return new ReplacementOutcome(record.State == ImageState.Removed ? RestoreOutcome.Unknown : RestoreOutcome.NotQuarantined);
        }

        if (await ledger.FindAsync(replaced.Id, cancellation) is not { IsLive: true })
        {
            return new ReplacementOutcome(null, replaced.Id);
        }

        var outcome = await restoration.RunAsync(record.Id, RestoreReason.KeptInstead, cancellation);
        if (outcome == RestoreOutcome.Restored && await ledger.FindAsync(record.Id, cancellation) is { IsLive: true } kept)
        {
            var judgement = await judge.JudgeAsync(kept, cancellation);
            await pipeline.SupersedeAsync(kept, judgement.Superseded, cancellation);
        }

        return new ReplacementOutcome(outcome, replaced.Id);
    }
}
