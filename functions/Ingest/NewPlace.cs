using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Ingest;

/// <summary>Gives an image that was judged before a new place in the order of announcements, behind all others.</summary>
internal sealed class NewPlace(AnnouncementLog log, RecheckQueue recheck, ImageLedger ledger, IOptions<DuplicateOptions> options)
{
    /// <summary>
    /// Announces the image and writes the record with its new place, if nobody changed it; null where somebody did.
    /// <paramref name="cause"/> names the place that it has now: taken twice, it is the same new one.
    /// </summary>
    public async Task<ImageRecord?> TryTakeAsync(ImageRecord record, string cause, CancellationToken cancellation)
    {
        var announced = await log.AppendAsync(
            new Announcement(record.Path, cause, record.Sha256!, record.CopyVector, record.Fingerprint!)
            {
                Model = record.Model,
                ModelRevision = record.ModelRevision,
            },
            cancellation);

        // It also finishes what a crash leaves half done, or takes the place out of the log again.
        await recheck.SendAsync(new RecheckMessage(record.Id, announced.Sequence), options.Value.VisibilityWindow, cancellation);
        return await ledger.TryWriteAsync(record with { Sequence = announced.Sequence }, cancellation);
    }
}
