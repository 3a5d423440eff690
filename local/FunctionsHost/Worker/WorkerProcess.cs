using System.Collections.Concurrent;
using System.Diagnostics;
using FunctionsHost.Diagnostics;
using FunctionsHost.Worker.Protocol;
using Google.Protobuf.WellKnownTypes;

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
    private readonly Task output;
    private readonly ConcurrentQueue<string> lastLines = new();
    private Dictionary<string, string> ids = [];
    private int invocations;

    private WorkerProcess(WorkerStart start, Process process, WorkerChannel channel)
    {
        (this.start, this.process, this.channel, Id) = (start, process, channel, process.Id);
        channel.OnLog = log =>
            start.Log(
                (LogLevel)log.Level,
                log.Category,
                log.Message + (log.Exception is { } e ? $" {e.Type}: {e.Message}\n{e.StackTrace}" : "")
            );
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

    /// <summary>The names of the functions that it has loaded.</summary>
    public IReadOnlyCollection<string> Functions => ids.Keys;

    /// <summary>What it printed last, to follow a sentence about its end.</summary>
    public string LastWords => lastLines.IsEmpty ? "" : $" It said:\n{string.Join('\n', lastLines)}";

    /// <summary>Whether the process has ended, slightly before <see cref="Exited"/>.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The number of invocations running when it exited.</summary>
    public int InvocationsAtExit { get; private set; }

    public static WorkerProcess Start(WorkerStart start, ProcessStartInfo info, WorkerChannel channel)
    {
        try
        {
            return new WorkerProcess(start, Process.Start(info)!, channel);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new HostException($"{info.FileName} cannot be started: {e.Message}.");
        }
    }

    /// <summary>Asks the worker for its functions and makes it load them.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        var capabilities = new WorkerInitRequest { HostVersion = "4.1037.0.0", FunctionAppDirectory = App };
        var initialised = (await AskAsync(new() { WorkerInitRequest = capabilities }, cancellation)).WorkerInitResponse;
        Check(initialised.Result, "The worker could not start");
        var request = new FunctionsMetadataRequest { FunctionAppDirectory = App };
        var indexed = (await AskAsync(new() { FunctionsMetadataRequest = request }, cancellation)).FunctionMetadataResponse;
        Check(indexed.Result, "The worker could not list its functions");
        foreach (var function in indexed.FunctionMetadataResults)
        {
            var load = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function };
            var loaded = (await AskAsync(new() { FunctionLoadRequest = load }, cancellation)).FunctionLoadResponse;
            Check(loaded.Result, $"{function.Name} could not be loaded");
        }

        ids = indexed.FunctionMetadataResults.ToDictionary(function => function.Name, function => function.FunctionId);
        if (initialised.Capabilities.TryGetValue("HttpUri", out var uri))
        {
            HttpUri = new Uri(uri.Replace("localhost", "127.0.0.1", StringComparison.Ordinal));
            await WaitUntilItListensAsync(HttpUri, cancellation);
        }
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
        request.TriggerMetadata.Add(invocation.Metadata);
        Interlocked.Increment(ref invocations);
        try
        {
            var running = channel.AskAsync(new() { RequestId = invocation.Id, InvocationRequest = request });
            await using var cancelling = cancellation.Register(() => _ = CancelAsync(invocation.Id));
            return await running is { InvocationResponse: { } response } ? InvocationResult.Of(response.Result)
                : HasEnded ? new($"The worker ended with exit code {await Exited}.", IsLost: true)
                : new($"The function did not return within {CancelGrace.TotalSeconds:0} s of being cancelled.", IsLost: true);
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
        channel.Send(new() { WorkerTerminate = new() { GracePeriod = Duration.FromTimeSpan(grace) } });
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
        process.Dispose();
    }

    private async Task<StreamingMessage> AskAsync(StreamingMessage question, CancellationToken cancellation)
    {
        question.RequestId = Guid.NewGuid().ToString();
        if (await channel.AskAsync(question).WaitAsync(cancellation) is { } answer)
        {
            return answer;
        }

        var exitCode = await Exited;
        throw new HostException($"The worker ended with exit code {exitCode} before it had loaded its functions.{LastWords}", exitCode);
    }

    /// <summary>A worker announces the address of its server before it listens there.</summary>
    private async Task WaitUntilItListensAsync(Uri server, CancellationToken cancellation)
    {
        while (!HasEnded)
        {
            using var client = new System.Net.Sockets.TcpClient();
            try
            {
                await client.ConnectAsync(server.Host, server.Port, cancellation);
                return;
            }
            catch (System.Net.Sockets.SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
            }
        }
    }

    private async Task CancelAsync(string invocation)
    {
        channel.Send(new() { InvocationCancel = new() { InvocationId = invocation } });
        await Task.Delay(CancelGrace);
        channel.GiveUp(invocation);
    }

    private async Task<int> WatchAsync()
    {
        await process.WaitForExitAsync();
        HasEnded = true;
        InvocationsAtExit = Volatile.Read(ref invocations);
        channel.GiveUp();

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

    private static void Check(StatusResult result, string failure)
    {
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new HostException($"{failure}: {result.Exception?.Message}");
        }
    }

    private async Task PassOnAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lastLines.Enqueue(line);
            if (lastLines.Count > RememberedLines)
            {
                lastLines.TryDequeue(out _);
            }

            start.Output(line);
        }
    }
}
