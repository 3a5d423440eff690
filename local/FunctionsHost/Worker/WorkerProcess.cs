using System.Diagnostics;
using FunctionsHost.Configuration;
using FunctionsHost.Worker.Protocol;

namespace FunctionsHost.Worker;

/// <summary>One run of the app's process, from start to exit.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    /// <summary>How long the worker has to answer after an invocation is cancelled.</summary>
    public static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(5);

    private const int RememberedLines = 30;

    private readonly Process process;
    private readonly WorkerStart start;
    private readonly WorkerChannel channel;
    private readonly OrphanGuard guard;
    private readonly Task output;
    private readonly Queue<string> lastLines = [];
    private Dictionary<string, string> ids = [];
    private int invocations;

    private WorkerProcess(WorkerStart start, Process process, WorkerChannel channel, ILoggerFactory logs)
    {
        (this.start, this.process, this.channel, Id) = (start, process, channel, process.Id);
        guard = OrphanGuard.Watch(process, logs.CreateLogger("Host.Worker"));
        channel.OnLog =
            start.Log
            ?? (log => Say($"{log.Level} {log.Category}: {log.Message}{(log.Exception is { } e ? $"\n{e.Message}\n{e.StackTrace}" : "")}"));
        output = Task.WhenAll(PassOnAsync(process.StandardOutput), PassOnAsync(process.StandardError));
        Exited = WatchAsync();
        _ = EndWithItsChannelAsync();
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>The exit code, once the process has exited and its output is complete.</summary>
    public Task<int> Exited { get; }

    /// <summary>The worker's own web server; null if the app has none.</summary>
    public Uri? HttpUri { get; private set; }

    /// <summary>The app root.</summary>
    public string App => start.App;

    public IReadOnlyList<FunctionDeclaration> Functions { get; private set; } = [];

    /// <summary>Cancelled when the process ends, slightly before <see cref="Exited"/>.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The number of invocations running when it exited.</summary>
    public int InvocationsAtExit { get; private set; }

    public static WorkerProcess Start(WorkerStart start, ProcessStartInfo info, WorkerChannel channel, ILoggerFactory logs)
    {
        try
        {
            return new WorkerProcess(start, Process.Start(info)!, channel, logs);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new WorkerException($"{info.FileName} cannot be started: {e.Message}.");
        }
    }

    /// <summary>Asks the worker for its functions and makes it load them.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        await UnlessEndedAsync(channel.Connected, cancellation);
        var initialised = await UnlessEndedAsync(
            channel.InitialiseAsync(
                new()
                {
                    HostVersion = "4.1037.0.0",
                    Capabilities = { ["MultiStream"] = "10" },
                    WorkerDirectory = start.App,
                    FunctionAppDirectory = start.App,
                }
            ),
            cancellation
        );
        Check(initialised.Result, "The worker could not start");
        HttpUri = initialised.Capabilities.TryGetValue("HttpUri", out var uri)
            ? new Uri(uri.Replace("localhost", "127.0.0.1", StringComparison.Ordinal))
            : null;
        var indexed = await UnlessEndedAsync(channel.IndexAsync(start.App), cancellation);
        Check(indexed.Result, "The worker could not list its functions");
        var functions = indexed.FunctionMetadataResults.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var loaded in await UnlessEndedAsync(Task.WhenAll(functions.Select(channel.LoadAsync)), cancellation))
        {
            Check(loaded.Result, $"{functions.First(function => function.FunctionId == loaded.FunctionId).Name} could not be loaded");
        }

        Functions = [.. functions.Select(function => FunctionDeclaration.Parse(function.Name, function.RawBindings))];
        ids = functions.ToDictionary(function => function.Name, function => function.FunctionId, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Runs a function. After cancellation it waits up to <see cref="CancelGrace"/>; it never throws.</summary>
    public async Task<InvocationResult> InvokeAsync(Invocation invocation, CancellationToken cancellation = default)
    {
        if (!ids.TryGetValue(invocation.Function, out var function))
        {
            return new InvocationResult($"The worker has no function {invocation.Function}.");
        }

        var request = new InvocationRequest { InvocationId = invocation.Id, FunctionId = function };
        request.TraceContext = new() { TraceParent = invocation.TraceParent };
        request.InputData.Add(invocation.Inputs.Select(input => new ParameterBinding { Name = input.Key, Data = input.Value }));
        foreach (
            var (name, value) in (invocation.Metadata ?? new Dictionary<string, TypedData>()).DistinctBy(
                pair => pair.Key,
                StringComparer.OrdinalIgnoreCase
            )
        )
        {
            request.TriggerMetadata.Add(name, value);
        }

        Interlocked.Increment(ref invocations);
        try
        {
            var running = channel.InvokeAsync(request);
            await using var cancelling = cancellation.Register(() => _ = CancelAsync(invocation.Id));
            return await running;
        }
        finally
        {
            Interlocked.Decrement(ref invocations);
        }
    }

    /// <summary>SIGKILL or its equivalent.</summary>
    public void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException) { }
    }

    /// <summary>Asks it to shut down, and kills it after the grace period.</summary>
    public async Task<bool> StopAsync(TimeSpan grace)
    {
        channel.Terminate(grace);
        if (await Task.WhenAny(Exited, Task.Delay(grace)) == Exited)
        {
            return true;
        }

        Kill();
        await Exited;
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited;
        guard.Dispose();
        process.Dispose();
    }

    private async Task CancelAsync(string invocation)
    {
        channel.Cancel(invocation);
        await Task.Delay(CancelGrace);
        channel.Lose(invocation, $"The function did not return within {CancelGrace.TotalSeconds:0} s of being cancelled.");
    }

    private async Task<int> WatchAsync()
    {
        await process.WaitForExitAsync();
        HasEnded = true;
        InvocationsAtExit = Volatile.Read(ref invocations);
        channel.Lose($"The worker ended with exit code {process.ExitCode}.");

        // The remaining output; a grandchild may hold the pipes open longer than its parent lived.
        await Task.WhenAny(output, Task.Delay(TimeSpan.FromSeconds(1)));
        return process.ExitCode;
    }

    /// <summary>A worker without a channel is useless.</summary>
    private async Task EndWithItsChannelAsync()
    {
        await channel.Closed;
        if (await Task.WhenAny(Exited, Task.Delay(CancelGrace)) != Exited)
        {
            Kill();
        }
    }

    private async Task UnlessEndedAsync(Task task, CancellationToken cancellation)
    {
        if (await Task.WhenAny(task, Exited).WaitAsync(cancellation) != task)
        {
            throw Ended();
        }

        await task;
    }

    private async Task<T> UnlessEndedAsync<T>(Task<T> task, CancellationToken cancellation)
    {
        await UnlessEndedAsync((Task)task, cancellation);
        return await task;
    }

    /// <summary>How the worker exited, with its last output.</summary>
    public WorkerException Ended() =>
        new(
            $"The worker ended with exit code {Exited.Result}{(ids.Count == 0 ? " before it had loaded its functions" : "")}.{LastWords()}",
            Exited.Result
        );

    private void Check(StatusResult result, string failure)
    {
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new WorkerException($"{failure}: {result.Exception?.Message}{LastWords()}");
        }
    }

    private string LastWords()
    {
        lock (lastLines)
        {
            return lastLines.Count == 0 ? "" : $" It said:\n{string.Join('\n', lastLines)}";
        }
    }

    private async Task PassOnAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            Say(line);
        }
    }

    private void Say(string line)
    {
        lock (lastLines)
        {
            if (lastLines.Count == RememberedLines)
            {
                lastLines.Dequeue();
            }

            lastLines.Enqueue(line);
        }

        start.Output(line);
    }
}
