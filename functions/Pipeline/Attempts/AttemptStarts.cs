using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Pipeline;

/// <summary>Counts recent starts of the app: too many of them point to an external cause, not an image.</summary>
internal sealed class AttemptStarts(TableClient table, StorageClock storage)
{
    /// <summary>Not an image's id.</summary>
    private const string Partition = "start";

    public static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);

    /// <summary>Counts this start, and forgets old ones.</summary>
    public async Task AddAsync(string worker, CancellationToken cancellation)
    {
        await table.UpsertEntityAsync(new TableEntity(Partition, worker), TableUpdateMode.Replace, cancellation);
        var now = await storage.NowAsync(cancellation);
        await foreach (var start in table.QueryAsync<TableEntity>(row => row.PartitionKey == Partition, cancellationToken: cancellation))
        {
            if (now - start.Timestamp > Lately)
            {
                await table.DeleteEntityAsync(Partition, start.RowKey, cancellationToken: cancellation);
            }
        }
    }

    public async Task<int> CountAsync(CancellationToken cancellation)
    {
        var now = await storage.NowAsync(cancellation);
        return await table
            .QueryAsync<TableEntity>(row => row.PartitionKey == Partition, cancellationToken: cancellation)
            .CountAsync(start => now - start.Timestamp <= Lately, cancellation);
    }
}
