using System.Net;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Serverless.Jobs;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>
/// The rows of all backfills, newest first, and behind them those of their slices. Writes are conditional on the version they derive from.
/// </summary>
internal sealed class BackfillJobs(TableServiceClient service)
{
    private const int Listed = 100;

    /// <summary>A transaction is limited to 100 operations; one is for the backfill itself.</summary>
    private const int MostChanges = 99;

    private readonly TableClient table = service.GetTableClient("ImageBackfills");

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    public async Task<BackfillJob?> FindAsync(string id, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(BackfillJob.Partition, id, cancellationToken: cancellation);
        return row.HasValue ? BackfillJob.FromEntity(row.Value!) : null;
    }

    /// <summary>The newest hundred.</summary>
    public async Task<IReadOnlyList<BackfillJob>> ListAsync(CancellationToken cancellation)
    {
        var jobs = new List<BackfillJob>();
        await foreach (var row in table.QueryAsync<TableEntity>(BackfillJob.Filter, maxPerPage: Listed, cancellationToken: cancellation))
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

    /// <summary>Deletes up to a hundred finished backfills started before a time, with their slices.</summary>
    public async Task TrimAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var filter = $"{BackfillJob.Filter} and {TableClient.CreateQueryFilter($"RowKey gt {JobTable.IdsOf(before)}")}";
        var old = await table
            .QueryAsync<TableEntity>(filter, cancellationToken: cancellation)
            .Where(row => BackfillJob.FromEntity(row) is not { Status: BackfillStatus.Running })
            .Take(Listed)
            .ToListAsync(cancellation);
        foreach (var row in old)
        {
            await foreach (var slice in SlicesAsync(row.RowKey, cancellation))
            {
                await table.TryDeleteAsync(
                    BackfillJob.Partition,
                    BackfillSlice.KeyOf(slice.JobId, slice.Number),
                    slice.RowVersion,
                    cancellation
                );
            }

            await table.TryDeleteAsync(row.PartitionKey, row.RowKey, row.ETag, cancellation);
        }
    }

    /// <summary>Writes the row; null if another writer was first.</summary>
    public async Task<BackfillJob?> TryWriteAsync(BackfillJob job, CancellationToken cancellation) =>
        await table.TryWriteAsync(job.ToEntity(), job.RowVersion, cancellation) is { } version ? job with { RowVersion = version } : null;

    /// <summary>Writes the row, removes some slices and adds others, all or nothing; null if another writer was first.</summary>
    public async Task<BackfillJob?> TryWriteAsync(
        BackfillJob job,
        IReadOnlyList<BackfillSlice> over,
        IReadOnlyList<BackfillSlice> added,
        CancellationToken cancellation
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(over.Count + added.Count, MostChanges);
        List<TableTransactionAction> actions =
        [
            new(TableTransactionActionType.UpdateReplace, job.ToEntity(), job.RowVersion),
            .. over.Select(slice => new TableTransactionAction(TableTransactionActionType.Delete, slice.ToEntity(), slice.RowVersion)),
            .. added.Select(slice => new TableTransactionAction(TableTransactionActionType.Add, slice.ToEntity())),
        ];
        try
        {
            var responses = await table.SubmitTransactionAsync(actions, cancellation);
            return job with { RowVersion = responses.Value[0].Headers.ETag!.Value };
        }
        catch (RequestFailedException error)
            when (error.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.Conflict or (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Slices not counted yet, in order, without their images; of all backfills, where none is named.</summary>
    public async IAsyncEnumerable<BackfillSlice> SlicesAsync(string? id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (from, to) = id is null ? (BackfillSlice.KeyPrefix, $"{BackfillSlice.KeyPrefix}~") : BackfillSlice.KeysOf(id);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {BackfillJob.Partition} and RowKey ge {from} and RowKey lt {to}");
        await foreach (
            var row in table.QueryAsync<TableEntity>(filter, select: BackfillSlice.CountColumns, cancellationToken: cancellation)
        )
        {
            if (BackfillSlice.FromEntity(row) is { } slice)
            {
                yield return slice;
            }
        }
    }

    public async Task<BackfillSlice?> FindSliceAsync(string id, int number, CancellationToken cancellation)
    {
        var key = BackfillSlice.KeyOf(id, number);
        var row = await table.GetEntityIfExistsAsync<TableEntity>(BackfillJob.Partition, key, cancellationToken: cancellation);
        return row.HasValue ? BackfillSlice.FromEntity(row.Value!) : null;
    }

    /// <summary>Writes the slice; null if another writer was first.</summary>
    public async Task<BackfillSlice?> TryWriteAsync(BackfillSlice slice, CancellationToken cancellation) =>
        await table.TryWriteAsync(slice.ToEntity(), slice.RowVersion, cancellation) is { } version
            ? slice with
            {
                RowVersion = version,
            }
            : null;
}
