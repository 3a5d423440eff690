using Serverless.Duplicates.Listing;
using Serverless.Embeddings;
using Serverless.Ledger;

namespace Serverless.Search;

/// <summary>
/// Makes the index and the list of duplicates follow the ledger. Everyone who changes a record calls it afterwards; it writes
/// what the record says and reads the record again, until what it wrote is still true. So the last write always agrees with the
/// record. A record says "indexed" only once its document is written, and how it is listed only once the rows are there.
/// An image with vectors of another model is not in the index: it has to be judged anew first.
/// </summary>
internal sealed class IndexWriter(ImageLedger ledger, ImageIndex index, DuplicateTable duplicates, EmbeddingModel model)
{
    /// <summary>Returns the record as it was when all had followed it; null where there is none.</summary>
    public async Task<ImageRecord?> SyncAsync(string id, CancellationToken cancellation)
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

        var noted = record with { State = record.State == ImageState.Indexing ? ImageState.Indexed : record.State, ListedAs = entry?.ToString() };
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
}
