namespace FunctionsHost.Handler;

/// <summary>Decides whether a handler that failed is started again: three failures within half an hour end the host, as in Azure.</summary>
internal sealed class RestartBudget(TimeProvider time)
{
    public const int MaxFailures = 3;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private readonly Queue<DateTimeOffset> _failures = new();

    /// <summary>False when the budget is spent; otherwise how long to wait before the next start.</summary>
    public bool TrySpend(out TimeSpan delay)
    {
        var now = time.GetUtcNow();
        while (_failures.TryPeek(out var oldest) && now - oldest > Window)
        {
            _failures.Dequeue();
        }

        _failures.Enqueue(now);
        delay = FirstDelay * Math.Pow(4, _failures.Count - 1);
        return _failures.Count < MaxFailures;
    }
}
