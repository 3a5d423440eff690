using System.Diagnostics;

namespace Local;

/// <summary>
/// A program that never outlives this one: it ends with its standard input, which closes however this process ends.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int TailLength = 10;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan OutputDrain = TimeSpan.FromSeconds(2);

    private readonly Process process;
    private readonly LogFile log;
    private readonly LogFilter filter = new();
    private readonly Queue<string> tail = [];
    private readonly TaskCompletionSource exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private event Action<string>? LineRead;

    private ChildProcess(ChildCommand command, string logs)
    {
        Name = command.Name;
        log = LogFile.Create(logs, command.LogName);
        process = new Process { StartInfo = command.ToStartInfo(), EnableRaisingEvents = true };
        process.Exited += (_, _) => exited.TrySetResult();
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
    }

    public string Name { get; }

    public int Id => process.Id;

    public Task Exited => exited.Task;

    public int ExitCode => process.ExitCode;

    public static ChildProcess Start(ChildCommand command, string logs)
    {
        var child = new ChildProcess(command, logs);
        child.process.Start();
        return child;
    }

    /// <summary>Reads the output until it contains everything that <paramref name="readiness"/> waits for.</summary>
    public async Task<T> WaitUntilReadyAsync<T>(Func<string, T?> readiness, CancellationToken cancellation)
        where T : class
    {
        var ready = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        LineRead += line =>
        {
            if (readiness(line) is { } value)
            {
                ready.TrySetResult(value);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return await ready.Task.WaitAsync(cancellation);
    }

    public async Task<IReadOnlyList<string>> LastLinesAsync()
    {
        await DrainAsync();
        lock (tail)
        {
            return [.. tail];
        }
    }

    /// <summary>Asks the child to end; kills it and its children if it does not.</summary>
    public async Task StopAsync(CancellationToken insisted)
    {
        process.StandardInput.Close();
        try
        {
            await exited.Task.WaitAsync(StopTimeout, insisted);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await exited.Task;
        }
        await DrainAsync();
    }

    /// <summary>As a crash does.</summary>
    public void Kill()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DrainAsync();
        process.Dispose();
        log.Dispose();
    }

    // The output ends with the process, unless one of its own children still holds it.
    private async Task DrainAsync()
    {
        using var limit = new CancellationTokenSource(OutputDrain);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) { }
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }
        log.Write(line);
        string? shown;
        lock (tail)
        {
            if (LogFilter.Readable(line) is { } readable)
            {
                tail.Enqueue(readable);
            }
            if (tail.Count > TailLength)
            {
                tail.Dequeue();
            }
            shown = filter.Pick(line);
        }
        if (shown is not null)
        {
            Console.WriteLine($"    {shown}");
        }
        LineRead?.Invoke(line);
    }
}
