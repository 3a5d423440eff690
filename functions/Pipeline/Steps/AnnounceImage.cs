using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>Gives an image the next place in the total order of announcements.</summary>
internal sealed class AnnounceImage(
    AnnouncementLog log,
    RecheckQueue recheck,
    ImageLedger ledger,
    ImageStore blobs,
    IOptions<DuplicateOptions> options
)
{
    /// <summary>As a share of the visibility window.</summary>
    private const double Margin = 0.1;

    /// <summary>Announces an upload that has features; returns others unchanged. Without a record, another writer was first.</summary>
    public async Task<Upload> RunAsync(Upload upload, CancellationToken cancellation) =>
        upload.Features is null ? upload : upload with { Announced = await TryRunAsync(upload, cancellation) };

    /// <summary>
    /// Announces a judged image again and writes its record with the new place; null if another writer was first.
    /// </summary>
    /// <param name="cause">Identifies the announcement: announcing twice for one cause gives the same place.</param>
    public async Task<ImageRecord?> TryRunAgainAsync(ImageRecord record, string cause, CancellationToken cancellation) =>
        await ledger.TryWriteAsync(await AppendAsync(record, cause, cancellation), cancellation);

    private async Task<ImageRecord?> TryRunAsync(Upload upload, CancellationToken cancellation)
    {
        var (seen, previous, version) = (upload.Seen, upload.Seen.Record, upload.Seen.Blob!.Version);
        var uploaded = ImageRecord.Of(seen.Path, ImageState.Announced, seen.Blob!, previous);
        var record = uploaded.With(upload.Image!).With(upload.Features!) with
        {
            StaysInPlace = previous?.BlobETag == version && (previous.IsLive || previous.StaysInPlace),
        };
        record = await AppendAsync(record, $"blob:{version}:{record.Model}:{record.ModelRevision}", cancellation);
        await ledger.NoteHashAsync(record.Sha256!, record.Id, cancellation);
        if (await ledger.TryWriteAsync(record, cancellation) is { } announced)
        {
            upload.Attempt!.LeavePlace();
            return announced;
        }

        // A version that is gone will never be judged; its announcement must not keep others waiting.
        if ((await blobs.FactsAsync(seen.Path, cancellation))?.Version != version)
        {
            await log.TrimAsync(record.Sequence, cancellation);
        }

        return null;
    }

    private async Task<ImageRecord> AppendAsync(ImageRecord record, string cause, CancellationToken cancellation)
    {
        var announced = await log.AppendAsync(
            new Announcement(record.Path, cause, record.Sha256!, record.CopyVector, record.Fingerprint!)
            {
                Model = record.Model,
                ModelRevision = record.ModelRevision,
            },
            cancellation
        );

        // The safety net, sent before the record has the place: it finishes what a crash leaves half done from here on, or removes the
        // place from the log. The window begins with the verdict, which takes a moment: a look that comes too early is sent again.
        var delay = options.Value.VisibilityWindow * (1 + Margin);
        await recheck.SendAsync(new RecheckMessage(record.Id, announced.Sequence), delay, cancellation);
        return record with { Sequence = announced.Sequence };
    }
}
