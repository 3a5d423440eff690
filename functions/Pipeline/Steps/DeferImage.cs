using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Defers an image that cannot be judged now: its record says why, and a message brings it back after a delay equal to the time it has
/// waited so far. It need not be uploaded again.
/// </summary>
internal sealed class DeferImage(
    ImageLedger ledger,
    RecheckQueue recheck,
    PublishImage publish,
    StorageClock storage,
    ILogger<DeferImage> logger
)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    /// <summary>The default limit for the time between two attempts.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(10);

    public async Task<StepResult> RunAsync(Upload upload, Deferral deferral, CancellationToken cancellation)
    {
        var (path, facts, previous) = (upload.Seen.Path, upload.Seen.Blob!, upload.Seen.Record);
        var now = await storage.NowAsync(cancellation);
        var since = previous is { State: ImageState.Waiting } && previous.BlobETag == facts.Version ? previous.WaitingSince ?? now : now;
        var delay = DelayOf(now - since, deferral.RetryAfter, deferral.Longest);

        // Sent before the record is written: after a crash in between, the host redelivers the upload; the other way round nothing would.
        await recheck.SendAsync(RecheckMessage.ForPath(path), delay, cancellation);
        var record = ImageRecord.Of(path, ImageState.Waiting, facts, previous) with
        {
            Reason = deferral.Reason,
            WaitingSince = since,
            StaysInPlace = previous?.BlobETag == facts.Version && (previous.IsLive || previous.StaysInPlace),
        };
        if (await ledger.TryWriteAsync(upload.Image is { } image ? record.With(image) : record, cancellation) is null)
        {
            return StepResult.LookAgain;
        }

        PipelineLog.Waits(logger, path.Id, delay.TotalSeconds, deferral.Reason);
        await publish.RunAsync(path.Id, cancellation);
        return StepResult.Done;
    }

    /// <summary>The next delay, given the time waited so far.</summary>
    internal static TimeSpan DelayOf(TimeSpan waited, TimeSpan? retryAfter, TimeSpan longest)
    {
        var delay = waited > retryAfter.GetValueOrDefault() ? waited : retryAfter.GetValueOrDefault();
        return delay < Shortest ? Shortest
            : delay > longest ? longest
            : delay;
    }
}
