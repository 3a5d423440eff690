using System.Collections.Concurrent;

namespace FunctionsHost.Worker;

/// <summary>
/// Lets invocations run side by side, and those that a worker died of run alone: so the next death tells which one it is, and what ran
/// beside it loses nothing. Nobody waits here for long; what runs for minutes does not hold up the rest.
/// </summary>
internal sealed class SuspectGate : IDisposable
{
    private const int Places = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim places = new(Places, Places);
    private readonly SemaphoreSlim alone = new(1, 1);
    private readonly ConcurrentDictionary<string, bool> suspects = new();

    public void Suspect(string key) => suspects[key] = true;

    public void Clear(string key) => suspects.TryRemove(key, out _);

    public async Task<T> RunAsync<T>(string key, Func<Task<T>> run, CancellationToken cancellation)
    {
        var isSuspect = suspects.ContainsKey(key);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        var (taken, isAlone) = (0, false);
        try
        {
            try
            {
                isAlone = isSuspect && await alone.WaitAsync(Patience, cancellation);
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
