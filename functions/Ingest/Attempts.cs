using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Ingest;

/// <summary>
/// Finds the file that ends the app. Before a version of an image is worked on, a note of it is written; afterwards, however that
/// went, it is removed. So a note that is found is of a process that ended meanwhile. That image is read and
/// embedded once more with nothing else beside it; if the process ends again, the image is to blame.
/// </summary>
internal sealed class Attempts(TableServiceClient service, StorageClock storage, TimeProvider clock) : IDisposable
{
    public const int MostEnds = 2;

    /// <summary>So often a process says that it is still at it.</summary>
    private static readonly TimeSpan Sign = TimeSpan.FromSeconds(3);

    /// <summary>A process that gave no sign for so long has ended.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TableClient table = service.GetTableClient("ImageAttempts");
    private readonly SoloGate gate = new();

    /// <summary>Names this process among those that work on the same images.</summary>
    private readonly string worker = Guid.NewGuid().ToString("N");

    private readonly ConcurrentDictionary<string, bool> active = new();

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    /// <summary>To be disposed of when the work is done or failed.</summary>
    public Task<Attempt> BeginAsync(string id, string version, CancellationToken cancellation) =>
        BeginAsync(id, version, async alone => alone ? await gate.EnterAloneAsync(cancellation) : await gate.EnterAsync(cancellation), cancellation);

    /// <summary>
    /// The same for an image that is announced. Deciding waits for earlier images, so it takes no place: who wants to be alone would
    /// wait for it, and an earlier image for him.
    /// </summary>
    public Task<Attempt> BeginDecidingAsync(string id, string version, CancellationToken cancellation) =>
        BeginAsync(id, version, _ => Task.FromResult<IDisposable?>(null), cancellation);

    public void Dispose() => gate.Dispose();

    private async Task<Attempt> BeginAsync(string id, string version, Func<bool, Task<IDisposable?>> enterAsync, CancellationToken cancellation)
    {
        if (!active.TryAdd(id, true))
        {
            // This process is at it already, and has a note.
            return new Attempt(null, await enterAsync(false), isDeadly: false);
        }

        try
        {
            return await BeginAsync(new AttemptNote(id, version, worker, 1), enterAsync, cancellation);
        }
        catch
        {
            active.TryRemove(id, out _);
            throw;
        }
    }

    private async Task<Attempt> BeginAsync(AttemptNote first, Func<bool, Task<IDisposable?>> enterAsync, CancellationToken cancellation)
    {
        var place = await enterAsync(false);
        try
        {
            if (await table.TryWriteAsync(first.ToEntity(), default, cancellation) is not null)
            {
                return Of(first, place, isDeadly: false);
            }

            place?.Dispose();
            var (found, isDeadly) = await EarlierAsync(first, cancellation);
            place = await enterAsync(found is not null);
            var next = first with { Begun = isDeadly ? found!.Begun : (found?.Begun ?? 0) + 1 };
            await table.UpsertEntityAsync(next.ToEntity(), TableUpdateMode.Replace, cancellation);
            return Of(next, place, isDeadly);
        }
        catch
        {
            place?.Dispose();
            throw;
        }
    }

    /// <summary>What another process left of this version, and whether it was the last time that one may.</summary>
    private async Task<(AttemptNote? Note, bool IsDeadly)> EarlierAsync(AttemptNote own, CancellationToken cancellation)
    {
        while (true)
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(own.Id, AttemptNote.Key, cancellationToken: cancellation);
            var found = row.HasValue ? AttemptNote.FromEntity(row.Value!) : null;
            if (found is null || found.Version != own.Version || found.Worker == worker)
            {
                return default;
            }

            // Twice begun and not done may also be two processes that are at it now.
            if (found.Begun < MostEnds || await storage.NowAsync(cancellation) - found.WrittenAt > Silence)
            {
                return (found, found.Begun >= MostEnds);
            }

            await Task.Delay(Pause, clock, cancellation);
        }
    }

    private Attempt Of(AttemptNote note, IDisposable? place, bool isDeadly)
    {
        var done = new TaskCompletionSource();
        Task signs;
        using (ExecutionContext.SuppressFlow())
        {
            // No part of what is traced as the work on this image.
            signs = Task.Run(() => GiveSignsAsync(note, done.Task));
        }

        return new Attempt(
            async () =>
            {
                done.SetResult();
                await signs;
                await UnlessStorageFailsAsync(() => table.DeleteEntityAsync(note.Id, AttemptNote.Key, ETag.All, CancellationToken.None));
                active.TryRemove(note.Id, out _);
            },
            place,
            isDeadly);
    }

    private async Task GiveSignsAsync(AttemptNote note, Task done)
    {
        while (await Task.WhenAny(done, Task.Delay(Sign, clock)) != done)
        {
            await UnlessStorageFailsAsync(() => table.UpdateEntityAsync(note.ToEntity(), ETag.All, TableUpdateMode.Replace, CancellationToken.None));
        }
    }

    /// <summary>A note that stays is this process's own, and taken for none as long as it lives.</summary>
    private static async Task UnlessStorageFailsAsync(Func<Task> request)
    {
        try
        {
            await request();
        }
        catch (Exception error) when (error is RequestFailedException or AggregateException)
        {
        }
    }
}
