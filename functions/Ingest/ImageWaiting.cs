using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Ingest;

/// <summary>
/// Keeps an image that cannot be read or embedded now: its record says so and why, and a queue message brings it back, each time after
/// as long again as it has waited already. Nobody needs to upload it again.
/// </summary>
internal sealed class ImageWaiting(ImageLedger ledger, RecheckQueue recheck, IndexWriter index, StorageClock storage, ILogger<ImageWaiting> logger)
{
    private const string Archived =
        "The blob is in the Archive tier, where it cannot be read. It is judged once it is rehydrated: set its access tier to Hot, Cool or Cold.";

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    /// <summary>Rehydration takes up to 15 hours, and may never be asked for.</summary>
    private static readonly TimeSpan LongestForRehydration = TimeSpan.FromHours(1);

    /// <summary>Nobody waits longer than this from one attempt to the next.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(10);

    /// <summary>False where another writer was first.</summary>
    public async Task<bool> TryWaitAsync(
        ImagePath path, StoredImage blob, CheckedImage image, ImageRecord? previous, EmbeddingUnavailableException outage, CancellationToken cancellation)
    {
        var now = await storage.NowAsync(cancellation);
        var since = previous is { State: ImageState.Waiting } && previous.BlobETag == blob.Version ? previous.WaitingSince ?? now : now;
        var delay = DelayOf(now - since, outage.RetryAfter);

        // Before the record: after a crash in between, the host delivers the upload again; the other way round nobody would.
        await recheck.SendAsync(RecheckMessage.LookAt(path), delay, cancellation);
        var record = ImageRecord.Of(path, ImageState.Waiting, blob, image, previous) with { Reason = outage.Message, WaitingSince = since };
        if (await ledger.TryWriteAsync(record, cancellation) is null)
        {
            return false;
        }

        IngestLog.Waits(logger, path.Id, delay.TotalSeconds, outage.Message);
        await index.SyncAsync(path.Id, cancellation);
        return true;
    }

    /// <summary>
    /// Keeps an image in the Archive tier: nothing tells when it is rehydrated, so it is asked about, each time after as long again.
    /// False where another writer was first.
    /// </summary>
    public async Task<bool> TryWaitForRehydrationAsync(ImagePath path, StoredImageFacts facts, ImageRecord? previous, CancellationToken cancellation)
    {
        var now = await storage.NowAsync(cancellation);
        var since = previous is { State: ImageState.Waiting } && previous.BlobETag == facts.Version ? previous.WaitingSince ?? now : now;
        var delay = DelayOf(now - since, null, LongestForRehydration);
        await recheck.SendAsync(RecheckMessage.LookAt(path), delay, cancellation);
        var record = new ImageRecord
        {
            Path = path,
            State = ImageState.Waiting,
            BlobETag = facts.Version,
            Bytes = facts.Bytes,
            UploadedAt = facts.UploadedAt,
            Tags = facts.Tags,
            Reason = Archived,
            WaitingSince = since,
            ListedAs = previous?.ListedAs,
            RowVersion = previous?.RowVersion ?? default,
        };
        if (await ledger.TryWriteAsync(record, cancellation) is null)
        {
            return false;
        }

        IngestLog.Waits(logger, path.Id, delay.TotalSeconds, Archived);
        await index.SyncAsync(path.Id, cancellation);
        return true;
    }

    /// <summary>How long to wait after so long a wait already.</summary>
    internal static TimeSpan DelayOf(TimeSpan waited, TimeSpan? retryAfter, TimeSpan? longest = null)
    {
        var delay = waited > retryAfter.GetValueOrDefault() ? waited : retryAfter.GetValueOrDefault();
        var most = longest ?? Longest;
        return delay < Shortest ? Shortest : delay > most ? most : delay;
    }
}
