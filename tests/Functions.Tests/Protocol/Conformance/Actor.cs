using Shared;

namespace Functions.Tests.Protocol.Conformance;

/// <summary>
/// One worker of the real code. It stops before every request that it sends and before every pause, until it is told to go on;
/// so the order of the requests of several workers is the test's to choose.
/// </summary>
internal sealed class Actor
{
    /// <summary>What a stop before a pause is called.</summary>
    public const string Pause = "pause";

    private static readonly AsyncLocal<Actor?> Mine = new();

    private readonly Lock guard = new();
    private readonly Queue<Stop> stops = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int underWay;
    private Task? work;

    /// <summary>The worker that the calling code runs for; null for the test itself.</summary>
    public static Actor? Current => Mine.Value;

    public bool IsIdle => work is null;

    /// <summary>It stands before a pause.</summary>
    public bool IsPausing
    {
        get
        {
            lock (guard)
            {
                return stops.TryPeek(out var stop) && stop.What == Pause;
            }
        }
    }

    /// <summary>What it does and for which message, for people to read.</summary>
    public string What { get; private set; } = "";

    public void Begin(string what, Func<Task> run)
    {
        What = what;
        work = Task.Run(async () =>
        {
            Mine.Value = this;
            try
            {
                await run();
            }
            finally
            {
                Change(() => { });
            }
        });
        _ = work.ContinueWith(_ => Change(() => { }), TaskScheduler.Default);
    }

    /// <summary>Called by what the worker runs: waits to be let on.</summary>
    public Task<Action> StopAsync(string what, bool isWrite)
    {
        var stop = new Stop(what, isWrite, new TaskCompletionSource<Action>(TaskCreationOptions.RunContinuationsAsynchronously));
        Change(() => stops.Enqueue(stop));
        return stop.Go.Task;
    }

    /// <summary>Until it stands before a request, or is done.</summary>
    public async Task SettleAsync()
    {
        while (true)
        {
            Task next;
            lock (guard)
            {
                if (work is null || work.IsCompleted || (underWay == 0 && stops.Count > 0))
                {
                    break;
                }

                next = changed.Task;
            }

            await Patience.ForAsync(next);
        }
    }

    /// <summary>Lets it take its next step and waits until it has; tells what it was.</summary>
    public async Task<Stop> StepAsync()
    {
        Stop stop;
        lock (guard)
        {
            stop = stops.Dequeue();
            underWay++;
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stop.Go.SetResult(() =>
        {
            Change(() => underWay--);
            done.TrySetResult();
        });
        await Patience.ForAsync(done.Task);
        await SettleAsync();
        return stop;
    }

    /// <summary>True once, where the work is done; how it failed, where it did.</summary>
    public bool TryEnd(out Exception? error)
    {
        error = work?.Exception?.InnerException;
        var isDone = work?.IsCompleted == true;
        work = isDone ? null : work;
        return isDone;
    }

    private void Change(Action change)
    {
        lock (guard)
        {
            change();
            var before = changed;
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            before.TrySetResult();
        }
    }
}

/// <summary>Where a worker stands: what it is about to send, and whether that changes anything.</summary>
internal sealed record Stop(string What, bool IsWrite, TaskCompletionSource<Action> Go);
