using System.Collections.Concurrent;
using Nito.AsyncEx;

namespace FunctionsHost.Worker;

/// <summary>
/// Runs invocations concurrently, but those that were running when a worker crashed run alone: the next crash then identifies the culprit,
/// and its neighbours lose no attempt. Waits are bounded, so a long invocation does not block the rest.
/// </summary>
internal sealed class SuspectGate
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);

    private readonly AsyncReaderWriterLock door = new();
    private readonly ConcurrentDictionary<string, bool> suspects = new();

    public void Suspect(string key) => suspects[key] = true;

    public void Clear(string key) => suspects.TryRemove(key, out _);

    public async Task<T> RunAsync<T>(string key, Func<Task<T>> run, CancellationToken cancellation)
    {
        using var pass = await EnterAsync(isAlone: suspects.ContainsKey(key), cancellation);
        return await run();
    }

    private async Task<IDisposable?> EnterAsync(bool isAlone, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(MaxWait);
        try
        {
            return isAlone ? await door.WriterLockAsync(limit.Token) : await door.ReaderLockAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
