using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Makes the index and the list of duplicates follow the record. Whoever changes a record runs this afterwards; it writes what the
/// record says and reads the record again, until what it wrote is still true. So the last write always agrees with the record.
/// State <see cref="ImageState.Indexed"/> is written once the document is, and <see cref="ImageRecord.ListedAs"/> once the rows are.
/// An image with vectors of another model is not in the index: it has to be judged anew first.
/// </summary>
internal sealed class PublishImage(
    ImageLedger ledger,
    ImageIndex index,
    DuplicateTable duplicates,
    QuarantineStore quarantine,
    EmbeddingModel model,
    RequestDescription description
)
{
    /// <summary>Publishes, and deletes the copy that a restored image has left in quarantine.</summary>
    public async Task<StepResult> SettleAsync(ImagePath path, CancellationToken cancellation)
    {
        await RunAsync(path.Id, cancellation);
        return await Race.UntilWonAsync(() => DeleteCopyAsync(path, cancellation));
    }

    /// <summary>Returns the record as it was when all had followed it; null where there is none.</summary>
    public async Task<ImageRecord?> RunAsync(string id, CancellationToken cancellation)
    {
        var record = await ledger.FindAsync(id, cancellation);
        while (true)
        {
            // Nobody can tell what is right: the index stays as it is until the image is judged anew.
            if (record is { State: ImageState.Unreadable })
            {
                return record;
            }

            var isOfModel = record is not { IsLive: true } || model.Made(record);
            if (record is { IsLive: true } && isOfModel)
            {
                await index.UploadAsync(ImageDocument.Of(record), cancellation);
            }
            else
            {
                await index.DeleteAsync(id, cancellation);
            }

            record = record is null || !isOfModel ? record : await NoteAsync(record, cancellation);
            var now = await ledger.FindAsync(id, cancellation);
            if (now?.RowVersion == record?.RowVersion)
            {
                return record;
            }

            record = now;
        }
    }

    /// <summary>Lists the image, and writes into its record that it is indexed and how it is listed.</summary>
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
            await description.RunAsync(record, cancellation);
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

    /// <summary>
    /// A live record that still names a blob in quarantine has its bytes at its path as well. Null where another writer was first.
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
