using System.ComponentModel;
using System.Diagnostics;

namespace Local;

/// <summary>
/// A program of the stack. Once ready, it is restarted on the same ports and data whenever it exits unexpectedly.
/// </summary>
internal sealed class SupervisedProgram(string name, string logs, CancellationToken stopping)
{
    /// <summary>EX_CONFIG of sysexits.h: the app refuses its settings; a restart would not help.</summary>
    public const int RefusalExitCode = 78;

    private readonly RestartDelay delay = new();
    private readonly TaskCompletionSource<ChildProcess> failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ChildProcess? child;
    private Task keeping = Task.CompletedTask;

    public string Name => name;

    /// <summary>The current process, or the last one.</summary>
    public int Id { get; private set; }

    /// <summary>Added to the message about a restart.</summary>
    public string Consequence { get; init; } = "";

    /// <summary>Completes if it exited before it was ever ready, or refuses its settings: no restart would help.</summary>
    public Task<ChildProcess> Failed => failed.Task;

    /// <summary>Whether it shut down cleanly on request.</summary>
    public bool HasStoppedInOrder { get; private set; }

    /// <summary>Raised after a restart.</summary>
    public event Action? Restarted;

    /// <param name="readiness">Creates the reader of one process's output that detects readiness.</param>
    /// <param name="again">The command for restarts, once its ports are known.</param>
    public async Task<T> StartAsync<T>(ChildCommand first, Func<Func<string, T?>> readiness, Func<T, ChildCommand> again)
        where T : class
    {
        var process = Begin(first);
        var ready = process.WaitUntilReadyAsync(readiness(), stopping);
        if (await Task.WhenAny(ready, process.Exited) != ready)
        {
            failed.TrySetResult(process);
            await Task.Delay(Timeout.Infinite, stopping);
        }

        var value = await ready;
        keeping = KeepAsync(again(value), readiness);
        return value;
    }

    /// <summary>Replaces the process by another.</summary>
    public void Replace() => child?.Kill();

    /// <summary>Stops it for good.</summary>
    public async Task StopAsync(CancellationToken insisted)
    {
        await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (child is not null)
        {
            await child.StopAsync(insisted);
            HasStoppedInOrder = child.ExitCode == 0;
            await child.DisposeAsync();
        }
    }

    private async Task KeepAsync<T>(ChildCommand again, Func<Func<string, T?>> readiness)
        where T : class
    {
        var lived = Stopwatch.StartNew();
        while (child is { } ended)
        {
            await ended.Exited.WaitAsync(stopping);
            if (ended.ExitCode == RefusalExitCode)
            {
                failed.TrySetResult(ended);
                return;
            }

            var wait = delay.After(lived.Elapsed);
            Steps.Again($"{Name} exited (code {ended.ExitCode}) and is restarting on the same ports and data. {Consequence}".TrimEnd());
            child = null;
            await ended.DisposeAsync();
            await Task.Delay(wait, stopping);

            lived.Reset();
            var process = await BeginAgainAsync(again);
            var ready = process.WaitUntilReadyAsync(readiness(), stopping);
            if (await Task.WhenAny(ready, process.Exited) == ready)
            {
                await ready;
                lived.Start();
                Steps.Again($"{Name} runs again.");
                Tell();
            }
        }
    }

    /// <summary>A machine that cannot start another process now may be able to later.</summary>
    private async Task<ChildProcess> BeginAgainAsync(ChildCommand command)
    {
        while (true)
        {
            try
            {
                return Begin(command);
            }
            catch (Exception exception) when (exception is Win32Exception or IOException)
            {
                Steps.Again($"{Name} cannot be started now: {exception.Message}");
                await Task.Delay(RestartDelay.Longest, stopping);
            }
        }
    }

    /// <summary>A fault of a subscriber does not stop the supervision.</summary>
    private void Tell()
    {
        try
        {
            Restarted?.Invoke();
        }
        catch (Exception exception)
        {
            Steps.Again($"After the restart of {Name}: {exception.Message}");
        }
    }

    private ChildProcess Begin(ChildCommand command)
    {
        stopping.ThrowIfCancellationRequested();
        child = ChildProcess.Start(command, logs);
        Id = child.Id;
        return child;
    }
}
