namespace Serverless.Embeddings.Hosted;

/// <summary>
/// A token bucket per process and provider, shared by queries, uploads and backfills; interactive requests go before background ones.
/// </summary>
internal sealed class RequestGate : IDisposable
{
    private readonly Lock guard = new();
    private readonly PriorityQueue<TaskCompletionSource, (bool IsBackground, long Order)> waiting = new();
    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private readonly double perSecond;
    private readonly double capacity;

    // Guarded by the lock.
    private double tokens;
    private long refilledAt;
    private TimeSpan pause;
    private long pausedAt;
    private long order;

    public RequestGate(int requestsPerMinute, TimeProvider clock)
    {
        this.clock = clock;
        perSecond = requestsPerMinute / 60.0;
        // Bursts of two seconds' worth are allowed; vendors count within short windows.
        capacity = Math.Max(1, 2 * perSecond);
        tokens = capacity;
        refilledAt = pausedAt = clock.GetTimestamp();
        timer = clock.CreateTimer(_ => Release(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits for a turn; false if none came in time.</summary>
    public async Task<bool> TryEnterAsync(bool isQuery, TimeSpan maxWait, CancellationToken cancellation)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (guard)
        {
            if (PauseLeft() > maxWait)
            {
                return false;
            }

            waiting.Enqueue(turn, (!isQuery, order++));
        }

        Release();
        try
        {
            await turn.Task.WaitAsync(maxWait, clock, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            // A turn granted at this very moment is taken.
            return !turn.TrySetCanceled(CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            GiveBack(turn);
            throw;
        }
    }

    /// <summary>The provider asked for a pause: no request passes until then.</summary>
    public void Pause(TimeSpan time)
    {
        lock (guard)
        {
            if (time > PauseLeft())
            {
                (pause, pausedAt) = (time, clock.GetTimestamp());
                tokens = Math.Min(tokens, 1);
            }
        }

        Release();
    }

    public void Dispose() => timer.Dispose();

    private void GiveBack(TaskCompletionSource turn)
    {
        if (!turn.TrySetCanceled(CancellationToken.None))
        {
            lock (guard)
            {
                tokens++;
            }

            Release();
        }
    }

    private void Release()
    {
        lock (guard)
        {
            tokens = Math.Min(capacity, tokens + (perSecond * clock.GetElapsedTime(refilledAt).TotalSeconds));
            refilledAt = clock.GetTimestamp();
            var left = PauseLeft();
            while (left <= TimeSpan.Zero && tokens >= 1 && waiting.TryDequeue(out var turn, out _))
            {
                tokens -= turn.TrySetResult() ? 1 : 0;
            }

            if (waiting.Count > 0)
            {
                var refill = TimeSpan.FromSeconds(Math.Max(0, 1 - tokens) / perSecond);
                timer.Change((left > refill ? left : refill) + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private TimeSpan PauseLeft() => pause - clock.GetElapsedTime(pausedAt);
}
