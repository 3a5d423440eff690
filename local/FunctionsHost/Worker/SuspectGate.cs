using System.Collections.Concurrent;

namespace FunctionsHost.Worker;

/// <summary>
/// Runs invocations concurrently, but those that were running when a worker crashed run alone: the next crash then identifies the culprit,
/// and its neighbours lose no attempt. Waits are bounded, so a long invocation does not block the rest.
/// </summary>
internal sealed class SuspectGate : IDisposable
{
    private const int Places = 64;
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim places = new(Places, Places);
    private readonly SemaphoreSlim alone = new(1, 1);
    private readonly ConcurrentDictionary<string, bool> suspects = new();

    public void Suspect(string key) => suspects[key] = true;

    public void Clear(string key) => suspects.TryRemove(key, out _);

    public async Task<T> RunAsync<T>(string key, Func<Task<T>> run, CancellationToken cancellation)
    {
        var isSuspect = suspects.ContainsKey(key);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(MaxWait);
        var (taken, isAlone) = (0, false);
        try
        {
            try
            {
                isAlone = isSuspect && await alone.WaitAsync(MaxWait, cancellation);
                for (var wanted = isAlone ? Places : 1; taken < wanted; taken++)
                {
                    await places.WaitAsync(limit.Token);
                }
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested) { }

            return await run();
        }
        finally
        {
            if (taken > 0)
            {
                places.Release(taken);
            }

            if (isAlone)
            {
                alone.Release();
            }
        }
    }

    public void Dispose()
    {
        places.Dispose();
        alone.Dispose();
    }
}
