using System.ComponentModel;
using System.Diagnostics;

namespace Local;

/// <summary>
/// A program of the stack. Once it has been ready, it is started again whenever it ends unasked, on the same ports and data.
/// </summary>
internal sealed class SupervisedProgram(string name, string logs, CancellationToken stopping)
{
    /// <summary>EX_CONFIG of sysexits.h: the app refuses its settings, and starting it again would not mend them.</summary>
    public const int RefusalExitCode = 78;

    private readonly RestartDelay delay = new();
    private readonly TaskCompletionSource<ChildProcess> failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ChildProcess? child;
    private Task keeping = Task.CompletedTask;

    public string Name => name;

    /// <summary>The process that runs at this moment, or ran last.</summary>
    public int Id { get; private set; }

    /// <summary>Added to the sentence that tells of a restart.</summary>
    public string Consequence { get; init; } = "";

    /// <summary>Completes when it ended before it was ever ready, or refuses its settings: nothing is left to try.</summary>
    public Task<ChildProcess> Failed => failed.Task;

    /// <summary>Whether it has ended because it was asked to, and in order.</summary>
    public bool HasStoppedInOrder { get; private set; }

    /// <summary>After another process took the place of one that ended.</summary>
    public event Action? Restarted;

    /// <param name="readiness">Makes what reads the output of one process until it has told everything.</param>
    /// <param name="again">How it is started later, once it is known where it listens.</param>
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

    /// <summary>Has another process take its place.</summary>
    public void Replace() => child?.Kill();

    /// <summary>Ends it, and what would start it again.</summary>
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
            Steps.Again(
                $"{Name} ended (exit code {ended.ExitCode}) and is started again on the same ports and data. {Consequence}".TrimEnd()
            );
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

    /// <summary>A machine that has no room for another process may have it later.</summary>
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

    /// <summary>Whatever those who are told do wrong, this goes on.</summary>
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
