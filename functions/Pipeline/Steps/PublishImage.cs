using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Updates the index and the list of duplicates from the record. Every change of a record is followed by this step; it writes what the
/// record says and rereads the record until nothing has changed, so the last write always agrees with the record. State
/// <see cref="ImageState.Indexed"/> is written after the document, and <see cref="ImageRecord.ListedAs"/> after the rows. An image with
/// another model's vectors is not in the index: it must be judged again first.
/// </summary>
internal sealed class PublishImage(
    ImageLedger ledger,
    IndexDocument document,
    MirrorNotice mirror,
    DuplicateTable duplicates,
    QuarantineStore quarantine,
    FollowUps followUps
)
{
    /// <summary>Publishes, and deletes the copy that a restored image left in quarantine.</summary>
    public async Task<StepResult> SettleAsync(ImagePath path, CancellationToken cancellation) =>
        await SettleAsync(path, await RunAsync(path.Id, cancellation), cancellation);

    /// <summary>The same for a record just read or written.</summary>
    public async Task<StepResult> SettleAsync(ImageRecord record, CancellationToken cancellation) =>
        await SettleAsync(record.Path, await RunAsync(record, cancellation), cancellation);

    /// <summary>Returns the record that index and list agree with; null if there is none.</summary>
    public async Task<ImageRecord?> RunAsync(string id, CancellationToken cancellation) =>
        await FollowAsync(id, await ledger.FindAsync(id, cancellation), cancellation);

    /// <summary>The same for a record just read or written, which is not read again first.</summary>
    public Task<ImageRecord?> RunAsync(ImageRecord record, CancellationToken cancellation) => FollowAsync(record.Id, record, cancellation);

    private async Task<ImageRecord?> FollowAsync(string id, ImageRecord? record, CancellationToken cancellation)
    {
        while (true)
        {
            // The truth is unknown: the index stays as it is until the image is judged again.
            if (record is { State: ImageState.Unreadable })
            {
                return record;
            }

            var isOfModel = await document.RunAsync(id, record, cancellation);
            record = record is null || !isOfModel ? record : await NoteAsync(record, cancellation);
            var now = await ledger.FindAsync(id, cancellation);
            if (now?.RowVersion == record?.RowVersion)
            {
                await mirror.SendAsync(id, cancellation);
                await followUps.Parts.RunAsync(id, record, cancellation);
                return record;
            }

            record = now;
        }
    }

    /// <summary>Lists the image, and records that it is indexed and how it is listed.</summary>
    private async Task<ImageRecord> NoteAsync(ImageRecord record, CancellationToken cancellation)
    {
        var entry = DuplicateEntry.Of(record);
        var isListed = entry?.ToString() == record.ListedAs;
        if (isListed && record.State != ImageState.Indexing)
        {
            return record;
        }

        if (entry is not null && !isListed)
        {
            await duplicates.AddAsync(entry, cancellation);
        }

        if (record.State == ImageState.Indexing)
        {
            await followUps.Description.RunAsync(record, cancellation);
        }

        var noted = record with
        {
            State = record.State == ImageState.Indexing ? ImageState.Indexed : record.State,
            ListedAs = entry?.ToString(),
        };
        if (await ledger.TryWriteAsync(noted, cancellation) is not { } written)
        {
            return record;
        }

        if (!isListed && DuplicateEntry.Parse(record.Id, record.ListedAs) is { } before)
        {
            await duplicates.RemoveAsync(before, except: entry, cancellation);
        }

        return written;
    }

    private async Task<StepResult> SettleAsync(ImagePath path, ImageRecord? published, CancellationToken cancellation) =>
        published is { IsLive: true, QuarantineName: not null }
            ? await Race.UntilWonAsync(() => DeleteCopyAsync(path, cancellation))
            : StepResult.Done;

    /// <summary>
    /// The bytes of a live record that still names a quarantined blob are also at its path. Null if another writer was first.
    /// </summary>
    private async Task<StepResult?> DeleteCopyAsync(ImagePath path, CancellationToken cancellation)
    {
        if (await ledger.FindAsync(path.Id, cancellation) is not { IsLive: true, QuarantineName: { } name } record)
        {
            return StepResult.Done;
        }

        await quarantine.DeleteCopyAsync(name, path, record.BlobETag, cancellation);
        return await ledger.TryWriteAsync(record with { QuarantineName = null }, cancellation) is null ? null : StepResult.Done;
    }
}
