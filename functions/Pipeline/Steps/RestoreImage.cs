using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>Puts a quarantined image back at its path, resuming an interrupted restore.</summary>
internal sealed class RestoreImage(
    BeginRestore begin,
    DuplicateJudge judge,
    QuarantineStore quarantine,
    ApplyVerdict apply,
    PublishImage publish
)
{
    public async Task<StepResult> RunAsync(ImageRecord record, CancellationToken cancellation)
    {
        var renewed = await begin.RenewAsync(record, cancellation);
        if (renewed.Record is not { } restoring)
        {
            return renewed.Refusal is null ? StepResult.LookAgain : StepResult.PathTaken;
        }

        // The decision is remembered before the image becomes visible: nothing may judge it a copy in between.
        var judgement = await judge.JudgeRestoredAsync(restoring, cancellation);
        if (
            await quarantine.CopyOutAsync(restoring.QuarantineName!, restoring.Path, restoring.Sha256!, Receipt.Keys, cancellation)
            is not { } version
        )
        {
            return StepResult.PathTaken;
        }

        return await apply.TryRunRestoredAsync(restoring, judgement, version, cancellation) is { } restored
            ? await publish.SettleAsync(restored, cancellation)
            : StepResult.LookAgain;
    }
}
