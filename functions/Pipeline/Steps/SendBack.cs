using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>Restores a quarantined image by the rules: it no longer duplicates anything.</summary>
internal sealed class SendBack(BeginRestore begin, RecheckQueue recheck)
{
    public async Task<StepResult> RunAsync(ImageRecord record, CancellationToken cancellation)
    {
        var begun = await begin.RunAsync(record, RestoreReason.Rules, cancellation);
        if (begun.Record is null)
        {
            return begun.Refusal is null ? StepResult.Postponed : StepResult.Done;
        }

        await recheck.SendAsync(RecheckMessage.ForPath(record.Path), TimeSpan.Zero, cancellation);
        return StepResult.Done;
    }
}
