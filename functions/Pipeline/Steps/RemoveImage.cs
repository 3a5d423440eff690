using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Forgets an image whose blob is gone. Its row stays for a while for workers that wait for it; the second look deletes it.
/// </summary>
internal sealed class RemoveImage(ImageLedger ledger, PublishImage publish, RecheckQueue recheck, IOptions<DuplicateOptions> options)
{
    public async Task<StepResult> RunAsync(ImageRecord record, CancellationToken cancellation)
    {
        // If the row already says so, the index may still be behind.
        var removed =
            record.State == ImageState.Removed
                ? record
                : await ledger.TryWriteAsync(record with { State = ImageState.Removed }, cancellation);
        if (removed is null)
        {
            return StepResult.LookAgain;
        }

        await publish.RunAsync(removed, cancellation);
        await recheck.SendAsync(new RecheckMessage(record.Id, record.Sequence), options.Value.VisibilityWindow, cancellation);
        return StepResult.Done;
    }
}
