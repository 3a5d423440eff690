using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline;

namespace Serverless.Rules;

/// <summary>
/// Makes the moves of a rule through the same steps as a person's single decisions. A move that was made already counts as made: a step
/// that is repeated after a crash loses nothing of what can be undone.
/// </summary>
internal sealed class RuleMoves(ImageLedger ledger, CopyByChoice copies, Replacement replacement, Restoration restoration, Trash trash)
{
    private const string BeingProcessed = "It is being processed: apply the rule again in a moment.";

    /// <summary>Moves a live image to quarantine as a copy of the one it resembles.</summary>
    public async Task<MoveResult> QuarantineAsync(string id, CancellationToken cancellation) =>
        await ledger.FindAsync(id, cancellation) is { State: ImageState.Quarantined }
            ? MoveResult.Made
            : await copies.RunAsync(id, cancellation) switch
            {
                CopyByChoiceOutcome.Moved => MoveResult.Made,
                CopyByChoiceOutcome.NoLookAlike => MoveResult.Not("It is not live, or resembles no other image."),
                CopyByChoiceOutcome.OtherGone => MoveResult.Not("The image that it resembles is gone."),
                _ => MoveResult.Not((await ledger.FindAsync(id, cancellation))?.Reason ?? BeingProcessed),
            };

    /// <summary>Keeps the quarantined image instead of the one that it was moved for.</summary>
    public async Task<MoveResult> SwapAsync(string quarantinedId, string keptId, CancellationToken cancellation)
    {
        if (await ledger.FindAsync(quarantinedId, cancellation) is not { } record)
        {
            return MoveResult.Not("It is gone.");
        }

        if (record.IsLive && await IsMovedForAsync(keptId, quarantinedId, cancellation))
        {
            return MoveResult.Made;
        }

        if (record.DuplicateOf?.Id != keptId)
        {
            return MoveResult.Not("It is no longer in quarantine for that image.");
        }

        var outcome = await replacement.RunAsync(record, cancellation);
        return outcome.Restore != RestoreOutcome.Restored ? MoveResult.Not(WhyNot(outcome.Restore))
            : await IsMovedForAsync(keptId, quarantinedId, cancellation) ? MoveResult.Made
            : new MoveResult(true, (await ledger.FindAsync(keptId, cancellation))?.Reason ?? "The other one is still being moved.");
    }

    public async Task<MoveResult> RestoreAsync(string id, CancellationToken cancellation) =>
        await ledger.FindAsync(id, cancellation) is { IsLive: true } ? MoveResult.Made
        : await restoration.RunAsync(id, RestoreReason.NoDuplicate, cancellation) is not RestoreOutcome.Restored and var outcome
            ? MoveResult.Not(WhyNot(outcome))
        : MoveResult.Made;

    /// <summary>Only what is in quarantine for an image that is live: something always stays.</summary>
    public async Task<MoveResult> TrashAsync(string id, string winnerId, CancellationToken cancellation) =>
        await IsMovedForAsync(id, winnerId, cancellation)
        && await ledger.FindAsync(winnerId, cancellation) is { IsLive: true }
        && await ledger.FindAsync(id, cancellation) is { } record
        && await trash.MoveAsync(record, isIn: true, cancellation) is not null
            ? MoveResult.Made
            : MoveResult.Not("It is not in quarantine for the image that stays: it went back, or is being processed.");

    public async Task<MoveResult> TakeOutAsync(string id, CancellationToken cancellation) =>
        await ledger.FindAsync(id, cancellation) is { State: ImageState.Quarantined } record
        && await trash.MoveAsync(record, isIn: false, cancellation) is not null
            ? MoveResult.Made
            : MoveResult.Not("It is no longer in the trash: it was restored, or deleted for good.");

    private async Task<bool> IsMovedForAsync(string id, string otherId, CancellationToken cancellation) =>
        await ledger.FindAsync(id, cancellation) is { State: ImageState.Quarantined, DuplicateOf: { } other } && other.Id == otherId;

    private static string WhyNot(RestoreOutcome? outcome) =>
        outcome switch
        {
            null => "The image that was kept is gone.",
            RestoreOutcome.PathTaken => "Another image has taken its path.",
            RestoreOutcome.Missing => "Its blob is no longer in the quarantine container, or has other bytes.",
            RestoreOutcome.NotQuarantined => "It is not in quarantine.",
            _ => "It is gone.",
        };
}
