using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>The records of all images, strongly consistent (Azure Table storage).</summary>
/// <param name="inForce">Null where vectors do not matter.</param>
internal sealed class ImageLedger(TableServiceClient service, VectorsInForce? inForce = null)
{
    private readonly TableClient records = service.GetTableClient("ImageRecords");
    private readonly TableClient hashes = service.GetTableClient("ImageHashes");

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        await records.CreateIfNotExistsAsync(cancellation);
        await hashes.CreateIfNotExistsAsync(cancellation);
    }

    /// <summary>The record; <see cref="ImageState.Unreadable"/> if its row cannot be read.</summary>
    public async Task<ImageRecord?> FindAsync(string id, CancellationToken cancellation)
    {
        if (!ImagePath.IsId(id))
        {
            return null;
        }

        var row = await records.GetEntityIfExistsAsync<TableEntity>(ImageRecordTable.PartitionOf(id), id, cancellationToken: cancellation);
        return !row.HasValue ? null
            : inForce is null ? ImageRecordTable.FromEntity(row.Value!)
            : await inForce.OfAsync(ImageRecordTable.FromEntity(row.Value!), cancellation);
    }

    public async Task<ImageBrief?> FindBriefAsync(string id, CancellationToken cancellation)
    {
        var row = await records.GetEntityIfExistsAsync<TableEntity>(ImageRecordTable.PartitionOf(id), id, ImageBrief.Columns, cancellation);
        return row.HasValue ? ImageBrief.FromEntity(row.Value!) : null;
    }

    /// <summary>Null if there is no record, or none that can be read.</summary>
    public async Task<ImageSummary?> FindSummaryAsync(string id, CancellationToken cancellation)
    {
        var row = await records.GetEntityIfExistsAsync<TableEntity>(
            ImageRecordTable.PartitionOf(id),
            id,
            ImageSummary.Columns,
            cancellation
        );
        return row.HasValue ? ImageSummary.FromEntity(row.Value!) : null;
    }

    /// <summary>Every record in full, or those written since a time, by the table service's clock.</summary>
    public async IAsyncEnumerable<ImageRecord> RecordsAsync(DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = since is { } from ? TableClient.CreateQueryFilter($"Timestamp ge {from}") : null;
        await foreach (var row in records.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            yield return ImageRecordTable.FromEntity(row);
        }
    }

    /// <summary>The state of every known image.</summary>
    public async IAsyncEnumerable<ImageBrief> BriefsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in records.QueryAsync<TableEntity>(select: ImageBrief.Columns, cancellationToken: cancellation))
        {
            yield return ImageBrief.FromEntity(row);
        }
    }

    /// <summary>The same for ids that start with these two hexadecimal digits.</summary>
    public async IAsyncEnumerable<ImageBrief> BriefsAsync(string start, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {start}");
        await foreach (var row in records.QueryAsync<TableEntity>(filter, select: ImageBrief.Columns, cancellationToken: cancellation))
        {
            yield return ImageBrief.FromEntity(row);
        }
    }

    /// <summary>
    /// Writes the record if the stored row is still the version it was derived from (or still absent), and returns it with its new version;
    /// null if another writer was first.
    /// </summary>
    public async Task<ImageRecord?> TryWriteAsync(ImageRecord record, CancellationToken cancellation) =>
        await records.TryWriteAsync(ImageRecordTable.ToEntity(record), record.RowVersion, cancellation) is { } version
            ? record with
            {
                RowVersion = version,
            }
            : null;

    /// <summary>Changes a record, and after each lost race its newer version.</summary>
    /// <param name="change">Null if there is nothing to change in this version.</param>
    /// <returns>The record as written; null if there is nothing to change, or no record any more.</returns>
    public async Task<ImageRecord?> ChangeAsync(ImageRecord? known, Func<ImageRecord, ImageRecord?> change, CancellationToken cancellation)
    {
        while (known is not null && change(known) is { } changed)
        {
            if (await TryWriteAsync(changed, cancellation) is { } written)
            {
                return written;
            }

            known = await FindAsync(known.Id, cancellation);
        }

        return null;
    }

    /// <summary>Deletes the row if it is still this version; false if there is a newer one.</summary>
    public Task<bool> TryDeleteAsync(ImageRecord record, CancellationToken cancellation) =>
        records.TryDeleteAsync(ImageRecordTable.PartitionOf(record.Id), record.Id, record.RowVersion, cancellation);

    /// <summary>Records that this image has these bytes, so that exact copies find each other at once.</summary>
    public Task NoteHashAsync(string sha256, string id, CancellationToken cancellation) =>
        hashes.UpsertEntityAsync(new TableEntity(sha256, id), TableUpdateMode.Replace, cancellation);

    /// <summary>The ids of images that have, or once had, these bytes; check their records.</summary>
    public async Task<IReadOnlyList<string>> IdsWithHashAsync(string sha256, CancellationToken cancellation)
    {
        var ids = new List<string>();
        await foreach (
            var row in hashes.QueryAsync<TableEntity>(
                row => row.PartitionKey == sha256,
                select: ["RowKey"],
                cancellationToken: cancellation
            )
        )
        {
            if (ImagePath.IsId(row.RowKey))
            {
                ids.Add(row.RowKey);
            }
        }

        return ids;
    }
}
