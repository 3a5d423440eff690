using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FunctionsHost.Configuration;
using FunctionsHost.Worker;

namespace FunctionsHost.Handler;

/// <summary>One run of the handler's executable, from its start to its end.</summary>
internal sealed class HandlerProcess : IDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(10);

    /// <summary>Between the end of its connections and that of the process.</summary>
    private static readonly TimeSpan ExitGrace = TimeSpan.FromSeconds(5);

    private const int KilledExitCode = 128 + 9;

    private readonly Process _process;
    private readonly OrphanGuard _guard;
    private readonly Task _output;
    private readonly ILogger _log;
    private int _running;
    private int _runningAtExit;
    private int _exitCode;
    private bool _isAsked;

    private HandlerProcess(Process process, int port, ILogger log)
    {
        (_process, _log, Port) = (process, log, port);
        _guard = OrphanGuard.Watch(process, log);
        Address = new Uri($"http://127.0.0.1:{port}");
        Exited = NoteExitAsync();
        _output = Task.WhenAll(PassOnAsync(process.StandardOutput, Console.Out), PassOnAsync(process.StandardError, Console.Error));
    }

    public int Port { get; }

    public int Id => _process.Id;

    public Uri Address { get; }

    public Task Exited { get; }

    /// <summary>Once it has ended.</summary>
    public int ExitCode => _exitCode;

    public string ExitDescription => $"The handler ended with exit code {_exitCode}.";

    public static HandlerProcess Start(HandlerCommand command, int fixedPort, ILogger log)
    {
        var port = fixedPort > 0 ? fixedPort : FindFreePort();
        log.StartingHandler(command.ToString());
        try
        {
            var process = Process.Start(command.ToStartInfo(port, Guid.NewGuid().ToString()))!;
            return new HandlerProcess(process, port, log);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new HostException($"{HostJson.FileName}: customHandler.description.defaultExecutablePath: "
                + $"{command.Executable} cannot be started: {e.Message}.");
        }
    }

    /// <summary>Any answer to GET / means ready; null once it is, otherwise the reason why it never will be.</summary>
    public async Task<string?> WaitUntilReadyAsync(HttpMessageInvoker http, TimeSpan limit, CancellationToken stopping)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        deadline.CancelAfter(limit);
        while (!Exited.IsCompleted)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, Address);
                using var response = await http.SendAsync(request, deadline.Token);
                return null;
            }
            catch (HttpRequestException)
            {
                await Task.WhenAny(Exited, Task.Delay(ProbeInterval, stopping));
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
            }

            stopping.ThrowIfCancellationRequested();
            if (deadline.IsCancellationRequested)
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"The handler did not answer on port {Port} within {limit.TotalSeconds:0} s.");
            }
        }

        return ExitDescription;
    }

    /// <summary>An invocation runs until what is returned is disposed.</summary>
    public IDisposable Run() => new Running(this);

    /// <summary>
    /// After an invocation got no answer: whether the handler ended, and whether the invocation is to blame. It is not where the
    /// handler was killed from outside (SIGKILL) with others running, or was asked to end.
    /// </summary>
    public async Task<InvocationOutcome> WithoutAnswerAsync(string failure)
    {
        await Task.WhenAny(Exited, Task.Delay(ExitGrace));
        var ended = Exited.IsCompleted && !_isAsked;
        return new InvocationOutcome(failure, ended, ended && (_runningAtExit == 1 || _exitCode != KilledExitCode));
    }

    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            _isAsked = true;
            Terminator.AskToEnd(_process);
            try
            {
                await Exited.WaitAsync(StopGrace);
            }
            catch (TimeoutException)
            {
                _log.KillingHandler(StopGrace);
                _process.Kill(entireProcessTree: true);
                await Exited;
            }
        }

        // Its last words; a grandchild may hold the pipes open for longer than its parent lived.
        await Task.WhenAny(_output, Task.Delay(TimeSpan.FromSeconds(1)));
    }

    public void Dispose()
    {
        _guard.Dispose();
        _process.Dispose();
    }

    private async Task NoteExitAsync()
    {
        await _process.WaitForExitAsync();
        (_exitCode, _runningAtExit) = (_process.ExitCode, Volatile.Read(ref _running));
    }

    private static async Task PassOnAsync(StreamReader from, TextWriter to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            await to.WriteLineAsync($"[app] {line}");
        }
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Running : IDisposable
    {
        private readonly HandlerProcess _handler;

        public Running(HandlerProcess handler)
        {
            _handler = handler;
            Interlocked.Increment(ref handler._running);
        }

        public void Dispose() => Interlocked.Decrement(ref _handler._running);
    }
}
