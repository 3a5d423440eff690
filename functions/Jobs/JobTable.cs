using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Jobs;

/// <summary>
/// The rows of all jobs, one partition per kind, newest first; and their notes, one partition per job. One row per kind names the running
/// job.
/// </summary>
internal sealed class JobTable(TableServiceClient service)
{
    private const int Listed = 100;
    private const int TransactionSize = 100;

    /// <summary>The most jobs that one call of <see cref="TrimAsync"/> deletes: well within a function's time limit.</summary>
    private const int MostTrimmed = 20;

    /// <summary>Sorts after every id.</summary>
    private const string RunningKey = "running";

    private readonly TableClient jobs = service.GetTableClient("ImageJobs");
    private readonly TableClient items = service.GetTableClient("ImageJobItems");

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        await jobs.CreateIfNotExistsAsync(cancellation);
        await items.CreateIfNotExistsAsync(cancellation);
    }

    /// <summary>Ids sort newest first, and look like an image's.</summary>
    public static string NewId(DateTimeOffset now) => $"{IdsOf(now)}{Random.Shared.NextInt64():x16}";

    /// <summary>The prefix of ids of that time; earlier ones sort after it.</summary>
    public static string IdsOf(DateTimeOffset time) => $"{DateTimeOffset.MaxValue.Ticks - time.Ticks:x16}";

    public async Task<Job?> FindAsync(string kind, string id, CancellationToken cancellation)
    {
        var row = await jobs.GetEntityIfExistsAsync<TableEntity>(kind, id, cancellationToken: cancellation);
        return row.HasValue ? Job.FromEntity(row.Value!) : null;
    }

    /// <summary>The newest hundred of a kind.</summary>
    public async IAsyncEnumerable<Job> ListAsync(string kind, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {kind} and RowKey lt {RunningKey}");
        var left = Listed;
        await foreach (var row in jobs.QueryAsync<TableEntity>(filter, maxPerPage: Listed, cancellationToken: cancellation))
        {
            if (Job.FromEntity(row) is { } job)
            {
                yield return job;
            }

            if (--left == 0)
            {
                yield break;
            }
        }
    }

    /// <summary>Writes the row; null if another writer was first.</summary>
    public async Task<Job?> TryWriteAsync(Job job, CancellationToken cancellation) =>
        await jobs.TryWriteAsync(job.ToEntity(), job.RowVersion, cancellation) is { } version ? job with { RowVersion = version } : null;

    /// <summary>The id of the last started job of this kind, and the version of the row that names it.</summary>
    public async Task<(string? Id, ETag Version)> LastStartedAsync(string kind, CancellationToken cancellation)
    {
        var row = await jobs.GetEntityIfExistsAsync<TableEntity>(kind, RunningKey, cancellationToken: cancellation);
        return row.HasValue ? (new Columns(row.Value!).Text("Id"), row.Value!.ETag) : default;
    }

    /// <summary>Registers the running job; false if another one was registered meanwhile.</summary>
    public async Task<bool> TryNameAsync(Job job, ETag version, CancellationToken cancellation) =>
        await jobs.TryWriteAsync(new TableEntity(job.Kind, RunningKey) { ["Id"] = job.Id }, version, cancellation) is not null;

    public Task DeleteAsync(Job job, CancellationToken cancellation) => jobs.DeleteEntityAsync(job.Kind, job.Id, ETag.All, cancellation);

    /// <summary>Deletes finished jobs started before a time, with their notes.</summary>
    public async Task TrimAsync(string kind, DateTimeOffset before, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {kind} and RowKey gt {IdsOf(before)} and RowKey lt {RunningKey}");
        var old = await jobs.QueryAsync<TableEntity>(filter, cancellationToken: cancellation)
            .Where(row => Job.FromEntity(row) is not { Status: JobStatus.Running })
            .Take(MostTrimmed)
            .ToListAsync(cancellation);
        foreach (var row in old)
        {
            var keys = items.QueryAsync<TableEntity>(
                item => item.PartitionKey == row.RowKey,
                select: ["PartitionKey", "RowKey"],
                cancellationToken: cancellation
            );
            await foreach (var batch in keys.Chunk(TransactionSize).WithCancellation(cancellation))
            {
                await items.SubmitTransactionAsync(
                    batch.Select(item => new TableTransactionAction(TableTransactionActionType.Delete, item)),
                    cancellation
                );
            }

            await jobs.TryDeleteAsync(kind, row.RowKey, row.ETag, cancellation);
        }
    }

    /// <summary>Writes items starting at a number; repeating it has no effect.</summary>
    public async Task WriteItemsAsync(string jobId, int from, IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        var rows = texts.Select(
            (text, index) =>
                new TableTransactionAction(
                    TableTransactionActionType.UpsertReplace,
                    new TableEntity(jobId, KeyOf(from + index)) { ["Text"] = text }
                )
        );
        foreach (var batch in rows.Chunk(TransactionSize))
        {
            await items.SubmitTransactionAsync(batch, cancellation);
        }
    }

    /// <summary>The items <paramref name="from"/> ≤ number &lt; <paramref name="to"/>, in order.</summary>
    public async IAsyncEnumerable<string> ItemsAsync(
        string jobId,
        int from,
        int to,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {jobId} and RowKey ge {KeyOf(from)} and RowKey lt {KeyOf(to)}");
        await foreach (var row in items.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (new Columns(row).Text("Text") is { } text)
            {
                yield return text;
            }
        }
    }

    private static string KeyOf(int number) => number.ToString("D9", CultureInfo.InvariantCulture);
}
