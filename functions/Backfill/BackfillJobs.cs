using Azure.Data.Tables;
using Serverless.Jobs;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>The rows of all backfills, newest first. Writes are conditional on the version they derive from.</summary>
internal sealed class BackfillJobs(TableServiceClient service)
{
    private const int Listed = 100;

    private readonly TableClient table = service.GetTableClient("ImageBackfills");

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    public async Task<BackfillJob?> FindAsync(string id, CancellationToken cancellation)
    {
        var (partition, key) = BackfillJob.KeyOf(id);
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellation);
        return row.HasValue ? BackfillJob.FromEntity(row.Value!) : null;
    }

    /// <summary>The newest hundred.</summary>
    public async Task<IReadOnlyList<BackfillJob>> ListAsync(CancellationToken cancellation)
    {
        var jobs = new List<BackfillJob>();
        await foreach (
            var row in table.QueryAsync<TableEntity>(BackfillJob.PartitionFilter, maxPerPage: Listed, cancellationToken: cancellation)
        )
        {
            if (BackfillJob.FromEntity(row) is { } job)
            {
                jobs.Add(job);
            }

            if (jobs.Count == Listed)
            {
                break;
            }
        }

        return jobs;
    }

    /// <summary>Deletes up to a hundred finished backfills started before a time.</summary>
    public async Task TrimAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var filter = $"{BackfillJob.PartitionFilter} and {TableClient.CreateQueryFilter($"RowKey gt {JobTable.IdsOf(before)}")}";
        var old = await table
            .QueryAsync<TableEntity>(filter, cancellationToken: cancellation)
            .Where(row => BackfillJob.FromEntity(row) is not { Status: BackfillStatus.Running })
            .Take(Listed)
            .ToListAsync(cancellation);
        foreach (var row in old)
        {
            await table.TryDeleteAsync(row.PartitionKey, row.RowKey, row.ETag, cancellation);
        }
    }

    /// <summary>Writes the row; null if another writer was first.</summary>
    public async Task<BackfillJob?> TryWriteAsync(BackfillJob job, CancellationToken cancellation) =>
        await table.TryWriteAsync(job.ToEntity(), job.RowVersion, cancellation) is { } version ? job with { RowVersion = version } : null;
}
