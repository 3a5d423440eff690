using System.Collections.Concurrent;

namespace Bench.Scale;

/// <summary>
/// A clock that jumps to whatever happens next. What waits for it, and all code behind it, runs on the thread that calls
/// <see cref="Run"/>, one piece after another: nothing takes time unless the model says so.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PriorityQueue<Action, (long Due, long Order)> coming = new();
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> ready = new();
    private readonly Context context;
    private Exception? failure;
    private int? thread;
    private long now;
    private long order;

    public VirtualTime() => context = new Context(this);

    /// <summary>Since the beginning.</summary>
    public TimeSpan Now => new(now);

    /// <summary>How often code came back from another thread, for which this clock does not wait.</summary>
    public int Strays { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Beginning + Now;

    public override long GetTimestamp() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(this, () => callback(state), dueTime);

    public void After(TimeSpan delay, Action action)
    {
        lock (coming)
        {
            coming.Enqueue(action, (now + Math.Max(0, delay.Ticks), order++));
        }
    }

    public Task DelayAsync(TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            return Task.CompletedTask;
        }

        // Without RunContinuationsAsynchronously: what waits goes on within the event, on this thread.
        var done = new TaskCompletionSource();
        After(delay, done.SetResult);
        return done.Task;
    }

    /// <summary>Begins work of its own.</summary>
    public void Start(Func<Task> work) =>
        context.Post(
            async _ =>
            {
                try
                {
                    await work();
                }
                catch (Exception error)
                {
                    failure ??= error;
                }
            },
            null
        );

    /// <summary>Runs until this is so.</summary>
    /// <exception cref="InvalidOperationException">Nothing is left that could happen, or work has failed.</exception>
    public void Run(Func<bool> isOver)
    {
        var before = SynchronizationContext.Current;
        thread = Environment.CurrentManagedThreadId;
        try
        {
            while (!isOver())
            {
                if (failure is not null)
                {
                    throw new InvalidOperationException("Work in the simulation failed.", failure);
                }

                Step();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private void Step()
    {
        if (ready.TryDequeue(out var work))
        {
            SynchronizationContext.SetSynchronizationContext(context);
            work.Callback(work.State);
            return;
        }

        Action? action;
        lock (coming)
        {
            if (coming.TryDequeue(out action, out var place))
            {
                now = Math.Max(now, place.Due);
            }
        }

        if (action is null)
        {
            // The keeper of an attempt's note runs on another thread for a moment.
            lock (coming)
            {
                if (ready.IsEmpty && !Monitor.Wait(coming, Patience))
                {
                    throw new InvalidOperationException($"Nothing happens any more at {Now}.");
                }
            }

            return;
        }

        // Without a context, code that does not ask for one continues here and not in the thread pool.
        SynchronizationContext.SetSynchronizationContext(null);
        action();
    }

    private sealed class Context(VirtualTime time) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            time.Strays += time.thread is { } own && own != Environment.CurrentManagedThreadId ? 1 : 0;
            time.ready.Enqueue((d, state));
            lock (time.coming)
            {
                Monitor.PulseAll(time.coming);
            }
        }

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

        public override SynchronizationContext CreateCopy() => this;
    }

    private sealed class Timer : ITimer
    {
        private readonly VirtualTime time;
        private readonly Action callback;
        private int version;

        public Timer(VirtualTime time, Action callback, TimeSpan due)
        {
            (this.time, this.callback) = (time, callback);
            Change(due, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var mine = ++version;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                time.After(
                    dueTime,
                    () =>
                    {
                        if (mine == version)
                        {
                            callback();
                        }
                    }
                );
            }

            return true;
        }

        public void Dispose() => version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
