using Serverless.Ledger;

namespace Serverless.Search;

/// <summary>
/// Makes the index follow the ledger. Everyone who changes a record calls it afterwards; it writes what the record says and
/// reads the record again, until what it wrote is still true. So the last write to the index always agrees with the record.
/// A record says "indexed" only once its document is written.
/// </summary>
internal sealed class IndexWriter(ImageLedger ledger, ImageIndex index)
{
    public async Task SyncAsync(string id, CancellationToken cancellation)
    {
        var record = await ledger.FindAsync(id, cancellation);
        while (true)
        {
            if (record is { IsLive: true })
            {
                await index.UploadAsync(ImageDocument.Of(record), cancellation);
                record = record.State == ImageState.Indexing
                    ? await ledger.TryWriteAsync(record with { State = ImageState.Indexed }, cancellation) ?? record
                    : record;
            }
            else
            {
                await index.DeleteAsync(id, cancellation);
            }

            var now = await ledger.FindAsync(id, cancellation);
            if (now?.RowVersion == record?.RowVersion)
            {
                return;
            }

            record = now;
        }
    }
}
