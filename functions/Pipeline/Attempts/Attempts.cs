using System.Collections.Concurrent;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Pipeline;

/// <summary>
/// Finds files that crash the app. While a process works on a version of an image, it keeps a note; a note whose process has ended counts
/// as a crash. After the first one the image is read and embedded alone; if the process crashes again, the image is to blame. Live
/// processes do not count, however many work on the same image.
/// </summary>
internal sealed class Attempts(TableServiceClient service, StorageClock storage, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Separates images that are judged together, so that they do not crash together again.</summary>
    private static readonly TimeSpan LongestStagger = TimeSpan.FromSeconds(4);

    private readonly TableClient table = service.GetTableClient("ImageAttempts");
    private readonly SoloGate gate = new();
    private readonly ConcurrentDictionary<string, bool> active = new();

    public AttemptWorker Worker { get; init; } = AttemptWorker.OfThisProcess();

    private AttemptStarts Starts => new(table, storage);

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        await table.CreateIfNotExistsAsync(cancellation);
        await Starts.AddAsync(Worker.Id, cancellation);
    }

    /// <summary>Dispose when the work is done or has failed.</summary>
    public Task<Attempt> BeginAsync(string id, string version, CancellationToken cancellation) =>
        BeginAsync(
            id,
            version,
            async alone => alone ? await gate.EnterAloneAsync(cancellation) : await gate.EnterAsync(cancellation),
            cancellation
        );

    /// <summary>
    /// The same for an announced image. Judging waits for earlier images, so it takes no slot: otherwise an image that must run alone would
    /// wait for it, while it waits for that image.
    /// </summary>
    public Task<Attempt> BeginDecidingAsync(string id, string version, CancellationToken cancellation) =>
        BeginAsync(id, version, _ => Task.FromResult<IDisposable?>(null), cancellation);

    public void Dispose() => gate.Dispose();

    private async Task<Attempt> BeginAsync(
        string id,
        string version,
        Func<bool, Task<IDisposable?>> enterAsync,
        CancellationToken cancellation
    )
    {
        if (!active.TryAdd(id, true))
        {
            // This process is already working on it, and has a note.
            var beside = await enterAsync(false);
            return new Attempt(null, () => beside?.Dispose(), isDeadly: false);
        }

        try
        {
            return await BeginNotedAsync(id, version, enterAsync, cancellation);
        }
        catch
        {
            active.TryRemove(id, out _);
            throw;
        }
    }

    private async Task<Attempt> BeginNotedAsync(
        string id,
        string version,
        Func<bool, Task<IDisposable?>> enterAsync,
        CancellationToken cancellation
    )
    {
        var (history, leftovers) = await HistoryAsync(id, version, cancellation);
        var isDeadly = history.MayBeDeadly && history.IsDeadly(await Starts.CountAsync(cancellation));
        var place = await enterAsync(history.IsSuspect);
        try
        {
            if (place is null && !isDeadly && history.Ends >= AttemptHistory.MostEnds)
            {
                await Task.Delay(LongestStagger * Random.Shared.NextDouble(), clock, cancellation);
            }

            var note = new AttemptNoteKeeper(table, new AttemptNote(id, version, Worker, history.IsSuspect && place is not null), clock);
            await note.WriteAsync(cancellation);
            return new Attempt(
                async () =>
                {
                    await note.RemoveAsync(leftovers);
                    active.TryRemove(id, out _);
                },
                () =>
                {
                    place?.Dispose();
                    note.IsBesideOthers();
                },
                isDeadly
            );
        }
        catch
        {
            place?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The history that other processes left, once none of them tries the version alone; and the rows to remove with this process's note.
    /// </summary>
    private async Task<(AttemptHistory History, IReadOnlyList<string> Leftovers)> HistoryAsync(
        string id,
        string version,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            var rows = await table
                .QueryAsync<TableEntity>(row => row.PartitionKey == id, cancellationToken: cancellation)
                .ToListAsync(cancellation);
            if (rows.Count == 0)
            {
                return (new AttemptHistory(0, 0, false), []);
            }

            var now = await storage.NowAsync(cancellation);
            var notes = rows.Where(row => row.RowKey != Worker.Id).Select(row => (row.RowKey, Note: AttemptNote.FromEntity(row))).ToList();
            var history = AttemptHistory.Of(
                notes.Select(row => row.Note).OfType<AttemptNote>().Where(note => note.Version == version),
                Worker,
                now
            );
            if (!history.IsTriedAlone)
            {
                return (
                    history,
                    [.. notes.Where(row => row.Note is null || AttemptHistory.HasEnded(row.Note, Worker, now)).Select(row => row.RowKey)]
                );
            }

            await Task.Delay(Pause, clock, cancellation);
        }
    }
}
