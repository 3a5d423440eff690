using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>
/// Puts announcements into one total order. Each batch is one transaction: it moves the counter, provided nobody else has, and adds the
/// rows. So once an announcement has its number, every lower number is readable, and of two matching images the later one always sees the
/// earlier.
/// </summary>
internal sealed class AnnouncementLog : IDisposable
{
    /// <summary>A transaction is limited to 100 operations and 4 MiB; one operation is for the counter.</summary>
    private const int BatchSize = 90;

    private readonly TableClient table;
    private readonly AnnouncementTail tail;
    private readonly TimeProvider clock;
    private readonly ConcurrentQueue<Pending> waiting = new();
    private readonly SemaphoreSlim turn = new(1, 1);

    // Of all that the counter said and this process took. Storage may forget places: an account that failed over, a killed emulator.
    private long highest;

    public AnnouncementLog(TableServiceClient service, StorageClock storage, TimeProvider clock)
    {
        this.clock = clock;
        table = service.GetTableClient("ImageAnnouncements");
        tail = new AnnouncementTail(table, clock);
        Counter = new PlaceCounter(service, table, storage);
    }

    public PlaceCounter Counter { get; }

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    /// <summary>Gives the announcement its place: the existing one if the same image and cause were announced before.</summary>
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

    /// <summary>All announcements before this place that are still in the log, from any process.</summary>
    public async Task<IEnumerable<Announcement>> BeforeAsync(long sequence, CancellationToken cancellation)
    {
        // A process that did not take the place itself (it started later, or took over after a crash) may not have read that far.
        if (tail.KnownTo < sequence)
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

        return tail.Known.Where(announcement => announcement.Sequence < sequence);
    }

    /// <summary>The announcement at this place, or null if it was removed.</summary>
    public async Task<Announcement?> FindAsync(long sequence, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            AnnouncementTable.Partition,
            AnnouncementTable.KeyOf(sequence),
            cancellationToken: cancellation
        );
        return row.HasValue ? AnnouncementTable.FromEntity(row.Value!) : null;
    }

    /// <summary>Everything in the log, including unreadable rows.</summary>
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

    /// <summary>Removes an announcement: it was settled long enough ago for the index to show it, or was abandoned.</summary>
    public Task TrimAsync(long sequence, CancellationToken cancellation) => TrimAsync(AnnouncementTable.KeyOf(sequence), cancellation);

    /// <summary>The same, by row key.</summary>
    public Task TrimAsync(string key, CancellationToken cancellation) =>
        table.DeleteEntityAsync(AnnouncementTable.Partition, key, ETag.All, cancellation);

    /// <summary>Drops a removed announcement from this process's memory.</summary>
    public void Forget(long sequence) => tail.Forget(sequence);

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

    /// <summary>Not cancellable: the batch belongs to several callers.</summary>
    private async Task CommitAsync(List<Pending> batch)
    {
        try
        {
            while (batch.Count > 0)
            {
                var (counter, last) = await SynchroniseAsync();
                await CompleteKnownAsync(batch);

                // A record may still be written with a place that was forgotten, so it must not be taken again.
                var from = last < highest ? await Counter.BeyondAsync() : last;
                if (batch.Count > 0 && await TryAppendAsync(counter, from, batch))
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

    /// <summary>Answers repeated announcements, after checking whether their place was removed.</summary>
    private async Task CompleteKnownAsync(List<Pending> batch)
    {
        foreach (var pending in batch.ToArray())
        {
            if (
                tail.Known.LastOrDefault(known => known.Id == pending.Announcement.Id && known.Cause == pending.Announcement.Cause)
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
        var actions = new List<TableTransactionAction> { PlaceCounter.Move(counter, last + batch.Count) };
        actions.AddRange(
            announced.Select(item => new TableTransactionAction(TableTransactionActionType.Add, AnnouncementTable.ToEntity(item)))
        );
        try
        {
            await table.SubmitTransactionAsync(actions);
        }
        catch (RequestFailedException error) when (error.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.Conflict)
        {
            Counter.NoteOutcome(isPlaceTaken: error.Status == (int)HttpStatusCode.Conflict && counter is not null);
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20)), clock);
            return false;
        }

        Counter.NoteOutcome(isPlaceTaken: false);
        tail.Add(announced, last + batch.Count);
        highest = last + batch.Count;
        for (var index = 0; index < batch.Count; index++)
        {
            batch[index].Done.TrySetResult(announced[index]);
        }

        return true;
    }

    private async Task<(TableEntity? Counter, long Last)> SynchroniseAsync()
    {
        var (counter, last) = await Counter.ReadAsync();
        await tail.ReadToAsync(last);
        highest = Math.Max(highest, last);
        return (counter, last);
    }

    private sealed record Pending(Announcement Announcement)
    {
        public TaskCompletionSource<Announcement> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
