using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>
/// Puts announcements into one total order. Each batch is one transaction: the counter moves on condition that nobody moved it
/// meanwhile, and the rows are added with it. So when an announcement has its number, every lower number is already readable
/// here, and of two images that match, the later one always sees the earlier.
/// </summary>
internal sealed class AnnouncementLog(TableServiceClient service, StorageClock storage, TimeProvider clock) : IDisposable
{
    /// <summary>A transaction takes 100 operations and 4 MiB; one operation is the counter's.</summary>
    private const int BatchSize = 90;

    private static readonly TimeSpan ReloadInterval = TimeSpan.FromMinutes(2);

    private readonly TableClient table = service.GetTableClient("ImageAnnouncements");
    private readonly ConcurrentQueue<Pending> waiting = new();
    private readonly SemaphoreSlim turn = new(1, 1);

    // Ordered by sequence. Replaced, never changed in place: by the holder of the turn when it grows, by anyone when it shrinks.
    private ImmutableArray<Announcement> tail = [];
    private long synchronisedTo;
    private long? reloadedAt;
    private bool isBehind;

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    /// <summary>Gives the announcement its place; the place it already has, where the same image and cause announced before.</summary>
    public async Task<Announcement> AppendAsync(Announcement announcement, CancellationToken cancellation)
    {
        var pending = new Pending(announcement);
        waiting.Enqueue(pending);
        while (!pending.Done.Task.IsCompleted)
        {
            await turn.WaitAsync(cancellation);
            try
            {
                if (!pending.Done.Task.IsCompleted)
                {
                    await CommitAsync(TakeBatch());
                }
            }
            finally
            {
                turn.Release();
            }
        }

        return await pending.Done.Task;
    }

    /// <summary>The announcements before this place that the log still holds, whichever process took it.</summary>
    public async Task<IEnumerable<Announcement>> BeforeAsync(long sequence, CancellationToken cancellation)
    {
        // A process that did not take the place itself (it started since, or another one crashed) may not have read so far.
        if (Volatile.Read(ref synchronisedTo) < sequence)
        {
            await turn.WaitAsync(cancellation);
            try
            {
                await SynchroniseAsync();
            }
            finally
            {
                turn.Release();
            }
        }

        return tail.Where(announcement => announcement.Sequence < sequence);
    }

    /// <summary>The announcement at this place, or null where it was trimmed.</summary>
    public async Task<Announcement?> FindAsync(long sequence, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            AnnouncementTable.Partition,
            AnnouncementTable.KeyOf(sequence),
            cancellationToken: cancellation
        );
        return row.HasValue ? AnnouncementTable.FromEntity(row.Value!) : null;
    }

    /// <summary>What the log holds, also what cannot be read.</summary>
    public async IAsyncEnumerable<ListedAnnouncement> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                $"PartitionKey eq '{AnnouncementTable.Partition}' and RowKey lt '{AnnouncementTable.CounterKey}'",
                cancellationToken: cancellation
            )
        )
        {
            yield return AnnouncementTable.ToListed(row);
        }
    }

    /// <summary>Takes an announcement out of the log: it was settled long enough ago that the index shows it, or it was given up.</summary>
    public Task TrimAsync(long sequence, CancellationToken cancellation) => TrimAsync(AnnouncementTable.KeyOf(sequence), cancellation);

    /// <summary>The same by the key of its row.</summary>
    public Task TrimAsync(string key, CancellationToken cancellation) =>
        table.DeleteEntityAsync(AnnouncementTable.Partition, key, ETag.All, cancellation);

    /// <summary>What is wrong with the counter of places, given the highest place that a record has; null where nothing is.</summary>
    public async Task<string?> CounterFaultAsync(long highest, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            AnnouncementTable.Partition,
            AnnouncementTable.CounterKey,
            cancellationToken: cancellation
        );
        return highest == 0
            ? null
            : FaultOf(row.HasValue ? row.Value : null)
                ?? (row.Value!.GetInt64("Last") < highest ? $"The counter of places is behind: a record has the place {highest}." : null);
    }

    /// <summary>
    /// Lets the counter go on beyond every place, the highest that a record has among them; false where another writer was first.
    /// </summary>
    public async Task<bool> TryRestartCounterAsync(long highest, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            AnnouncementTable.Partition,
            AnnouncementTable.CounterKey,
            cancellationToken: cancellation
        );
        var restarted = new TableEntity(AnnouncementTable.Partition, AnnouncementTable.CounterKey)
        {
            ["Last"] = Math.Max(highest, (await storage.NowAsync(cancellation)).UtcTicks),
        };
        return await table.TryWriteAsync(restarted, row.HasValue ? row.Value!.ETag : default, cancellation) is not null;
    }

    /// <summary>Forgets, in this process, an announcement that is no longer in the log.</summary>
    public void Forget(long sequence) =>
        ImmutableInterlocked.Update(ref tail, known => known.RemoveAll(announcement => announcement.Sequence == sequence));

    public void Dispose() => turn.Dispose();

    private List<Pending> TakeBatch()
    {
        var batch = new List<Pending>();
        while (batch.Count < BatchSize && waiting.TryDequeue(out var pending))
        {
            batch.Add(pending);
        }

        return batch;
    }

    /// <summary>Runs to its end whoever cancels: the batch belongs to several callers.</summary>
    private async Task CommitAsync(List<Pending> batch)
    {
        try
        {
            while (batch.Count > 0)
            {
                var (counter, last) = await SynchroniseAsync();
                await CompleteKnownAsync(batch);
                if (batch.Count > 0 && await TryAppendAsync(counter, last, batch))
                {
                    return;
                }
            }
        }
        catch (Exception error)
        {
            batch.ForEach(pending => pending.Done.TrySetException(error));
        }
    }

    /// <summary>Answers those that announced before, after a look whether their place was trimmed since.</summary>
    private async Task CompleteKnownAsync(List<Pending> batch)
    {
        foreach (var pending in batch.ToArray())
        {
            if (
                tail.LastOrDefault(known => known.Id == pending.Announcement.Id && known.Cause == pending.Announcement.Cause)
                is not { } known
            )
            {
                continue;
            }

            if (await FindAsync(known.Sequence, CancellationToken.None) is { } held)
            {
                batch.Remove(pending);
                pending.Done.TrySetResult(held);
            }
            else
            {
                Forget(known.Sequence);
            }
        }
    }

    private async Task<bool> TryAppendAsync(TableEntity? counter, long last, List<Pending> batch)
    {
        var announced = batch.Select((pending, index) => pending.Announcement with { Sequence = last + 1 + index }).ToArray();
        var moved = new TableEntity(AnnouncementTable.Partition, AnnouncementTable.CounterKey) { ["Last"] = last + batch.Count };
        var actions = new List<TableTransactionAction>
        {
            counter is null
                ? new(TableTransactionActionType.Add, moved)
                : new(TableTransactionActionType.UpdateReplace, moved, counter.ETag),
        };
        actions.AddRange(
            announced.Select(item => new TableTransactionAction(TableTransactionActionType.Add, AnnouncementTable.ToEntity(item)))
        );
        try
        {
            await table.SubmitTransactionAsync(actions);
        }
        catch (RequestFailedException error) when (error.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.Conflict)
        {
            // Places and counter are written together: a place beyond the counter means that the counter was damaged.
            isBehind = error.Status == (int)HttpStatusCode.Conflict && counter is not null;
            await Task.Delay(Random.Shared.Next(1, 20));
            return false;
        }

        isBehind = false;
        ImmutableInterlocked.Update(ref tail, known => known.AddRange(announced));
        Volatile.Write(ref synchronisedTo, last + batch.Count);
        for (var index = 0; index < batch.Count; index++)
        {
            batch[index].Done.TrySetResult(announced[index]);
        }

        return true;
    }

    /// <summary>Reads the counter, then every row up to it that is not known yet; now and then all rows, to forget those trimmed.</summary>
    private async Task<(TableEntity? Counter, long Last)> SynchroniseAsync()
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(AnnouncementTable.Partition, AnnouncementTable.CounterKey);
        var counter = row.HasValue ? row.Value : null;
        var last = await LastAsync(counter);
        var reload = reloadedAt is not { } at || clock.GetElapsedTime(at) > ReloadInterval;
        if (reload || last != synchronisedTo)
        {
            var from = AnnouncementTable.KeyOf(reload ? 0 : synchronisedTo);
            var to = AnnouncementTable.KeyOf(last);
            var read = new List<Announcement>();
            await foreach (
                var entity in table.QueryAsync<TableEntity>(
                    $"PartitionKey eq '{AnnouncementTable.Partition}' and RowKey gt '{from}' and RowKey le '{to}'"
                )
            )
            {
                // One that cannot be read stands in nobody's way; a reconciliation tells of it.
                if (AnnouncementTable.FromEntity(entity) is { } announcement)
                {
                    read.Add(announcement);
                }
            }

            ImmutableInterlocked.Update(ref tail, known => reload ? [.. read] : known.AddRange(read));
            Volatile.Write(ref synchronisedTo, last);
            reloadedAt = reload ? clock.GetTimestamp() : reloadedAt;
        }

        return (counter, last);
    }

    /// <summary>
    /// The number of the last place. Where the counter is damaged, or gone though images have places, it goes on from the time in
    /// ticks, which is beyond any place that was ever taken.
    /// </summary>
    private async Task<long> LastAsync(TableEntity? counter)
    {
        if (counter is null && !await ArePlacesTakenAsync())
        {
            return 0;
        }

        return isBehind || FaultOf(counter) is not null
            ? (await storage.NowAsync(CancellationToken.None)).UtcTicks
            : counter!.GetInt64("Last")!.Value;
    }

    private static string? FaultOf(TableEntity? counter)
    {
        if (counter is null)
        {
            return "The counter of places is gone.";
        }

        var columns = new Columns(counter);
        var last = columns.Int64("Last");
        columns.Require(last > 0 && last < AnnouncementTable.MostPlaces, $"It says {last}.");
        return columns.Fault is { } fault ? $"The counter of places is damaged. {fault}" : null;
    }

    private async Task<bool> ArePlacesTakenAsync()
    {
        try
        {
            return await service
                .GetTableClient("ImageRecords")
                .QueryAsync<TableEntity>("Sequence gt 0L", maxPerPage: 1, select: ["RowKey"])
                .AnyAsync();
        }
        catch (RequestFailedException error) when (error.Status == (int)HttpStatusCode.NotFound)
        {
            return false; // there is no ledger yet
        }
    }

    private sealed record Pending(Announcement Announcement)
    {
        public TaskCompletionSource<Announcement> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
