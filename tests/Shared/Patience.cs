using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Shared;

/// <summary>
/// Tells a hang from a slow machine. What a test waits for must come; it is given up only after the machine has had minutes to
/// spare in which it could have come. Time counts by the share of the processors that is idle, so load does not fail a test.
/// </summary>
/// <param name="limit">How long, on a machine with nothing else to do.</param>
internal sealed class Patience(TimeSpan limit)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Between two questions: what comes soon is noticed at once, what takes long is not kept busy by being asked.</summary>
    private static readonly (TimeSpan First, TimeSpan Last) Pause = (TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(250));

    /// <summary>The share of time that counts on a machine with nothing to spare: what keeps it busy for ever may be the hang.</summary>
    private const double LeastIdle = 0.3;

    private readonly Lock looking = new();
    private (long Idle, long All) processors = Processors();
    private long at = Stopwatch.GetTimestamp();
    private TimeSpan spared;

    public Patience()
        : this(Limit) { }

    /// <summary>True once whatever was waited for would have come, if it were to come.</summary>
    public bool IsOver
    {
        get
        {
            lock (looking)
            {
                if (Stopwatch.GetElapsedTime(at) >= Look)
                {
                    Count();
                }

                return spared >= limit;
            }
        }
    }

    /// <summary>Starts again: something came.</summary>
    public void Restart()
    {
        lock (looking)
        {
            Count();
            spared = TimeSpan.Zero;
        }
    }

    public static async Task ForAsync(Task task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        var patience = new Patience();
        while (!task.IsCompleted && await Task.WhenAny(task, Task.Delay(Look)) != task)
        {
            if (patience.IsOver)
            {
                throw new TimeoutException($"It never came: {what}");
            }
        }

        await task;
    }

    public static async Task<T> ForAsync<T>(Task<T> task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        await ForAsync((Task)task, what);
        return await task;
    }

    /// <summary>Waits for a condition of another process, which tells nobody when it comes true.</summary>
    public static Task UntilAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        UntilAsync(() => Task.FromResult(condition()), what);

    /// <inheritdoc cref="UntilAsync(Func{bool}, string)"/>
    public static async Task UntilAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        await UntilAsync(condition, isTrue => isTrue, what);

    /// <summary>Asks until the answer is right, and returns it.</summary>
    public static async Task<T> UntilAsync<T>(
        Func<Task<T>> ask,
        Func<T, bool> isRight,
        [CallerArgumentExpression(nameof(isRight))] string what = ""
    )
    {
        var patience = new Patience();
        for (var pause = Pause.First; ; pause = pause * 1.3 < Pause.Last ? pause * 1.3 : Pause.Last)
        {
            var answer = await ask();
            if (isRight(answer))
            {
                return answer;
            }

            if (patience.IsOver)
            {
                throw new TimeoutException($"It never came: {what}; last: {answer}");
            }

            await Task.Delay(pause);
        }
    }

    private void Count()
    {
        var (now, then) = (Processors(), processors);
        var all = now.All - then.All;
        var idle = all > 0 ? Math.Clamp((double)(now.Idle - then.Idle) / all, LeastIdle, 1) : 1;
        spared += Stopwatch.GetElapsedTime(at) * idle;
        (processors, at) = (now, Stopwatch.GetTimestamp());
    }

    /// <summary>
    /// What all processors did since the start of the machine, in ticks of the kernel; nothing where the system does not tell.
    /// </summary>
    private static (long Idle, long All) Processors()
    {
        if (!OperatingSystem.IsLinux())
        {
            return default;
        }

        // "cpu", then user, nice, system, idle, iowait, irq, softirq, steal; what follows is in the first two already.
        var ticks = File.ReadLines("/proc/stat")
            .First()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Take(8)
            .Select(long.Parse)
            .ToArray();
        return (ticks[3], ticks.Sum());
    }
}
