using System.Diagnostics;
using FunctionsHost.Diagnostics;
using Local;

namespace FunctionsHost.Worker;

/// <summary>Keeps one worker running, and runs functions on it.</summary>
internal sealed class WorkerSupervisor(WorkerServer server, WorkerStart start, TimeSpan functionTimeout, ILoggerFactory logs)
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(10);

    private readonly ILogger log = logs.CreateLogger("Host.Worker");
    private readonly RestartDelay delay = new();
    private readonly SuspectGate gate = new();
    private TaskCompletionSource<WorkerProcess> ready = NewSource();

    public TimeSpan FunctionTimeout => functionTimeout;

    /// <summary>The current worker, as soon as there is one.</summary>
    public async Task<WorkerProcess> WhenReadyAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var worker = await Volatile.Read(ref ready).Task.WaitAsync(cancellation);
            if (!worker.HasEnded)
            {
                return worker;
            }

            // It finishes its output; then a new one follows.
            await worker.Exited.WaitAsync(cancellation);
            await Task.Yield();
        }
    }

    /// <summary>Runs until stopped, and replaces a worker whenever it exits; ends if a worker refuses its settings.</summary>
    /// <param name="draining">The host is shutting down: a worker that exits now, perhaps from the same Ctrl-C, is not replaced.</param>
    /// <param name="stopping">The worker is no longer needed.</param>
    public async Task RunAsync(CancellationToken draining, CancellationToken stopping)
    {
        try
        {
            while (!draining.IsCancellationRequested)
            {
                var (failure, lived) = await RunOnceAsync(stopping);
                if (!draining.IsCancellationRequested)
                {
                    var pause = delay.After(lived);
                    log.WorkerFailed(failure, pause);
                    await Task.Delay(pause, draining);
                }
            }
        }
        catch (OperationCanceledException) when (draining.IsCancellationRequested || stopping.IsCancellationRequested) { }
        finally
        {
            ready.TrySetCanceled(CancellationToken.None);
        }
    }

    /// <summary>Runs a function for a listener, on whichever worker is ready.</summary>
    public async Task<InvocationResult> InvokeAsync(Invocation invocation, CancellationToken cancellation)
    {
        using var span = Tracing.StartInvocation(invocation.Function, invocation.Id, ActivityKind.Consumer);
        invocation = invocation with { TraceParent = span?.Id ?? "" };
        var (result, beside) = await gate.RunAsync(invocation.Key, () => InvokeOnceAsync(invocation, cancellation), cancellation);
        if (beside)
        {
            // It is unknown yet which invocation crashed the worker: the others must not lose an attempt.
            gate.Suspect(invocation.Key);
            log.Suspected(invocation.Function);
            invocation = invocation with { Id = Guid.NewGuid().ToString() };
            (result, _) = await gate.RunAsync(invocation.Key, () => InvokeOnceAsync(invocation, cancellation), cancellation);
        }

        if (!result.IsLost)
        {
            gate.Clear(invocation.Key);
        }

        span?.SetStatus(result.Succeeded ? ActivityStatusCode.Unset : ActivityStatusCode.Error, result.Error);
        return result;
    }

    /// <summary>Runs a function on this worker, up to the function timeout, and logs the result.</summary>
    public async Task<InvocationResult> InvokeAsync(WorkerProcess worker, Invocation invocation, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(functionTimeout);
        var started = Stopwatch.GetTimestamp();
        var result = await worker.InvokeAsync(invocation, limit.Token);
        if (!result.Succeeded && limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            var reason = $"{invocation.Function} exceeded the functionTimeout of {functionTimeout}.";
            if (result.IsLost && !worker.HasEnded)
            {
                log.KillingForTimeout(reason);
                worker.Kill();
            }

            result = new InvocationResult(reason);
        }

        var (level, outcome) =
            result.Succeeded ? (LogLevel.Information, "succeeded")
            : cancellation.IsCancellationRequested ? (LogLevel.Information, "cancelled")
            : (LogLevel.Error, "failed");
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var reported = level == LogLevel.Error ? $": {result.Error}" : "";
        logs.CreateLogger($"Host.Function.{invocation.Function}")
            .Finished(level, invocation.Function, outcome, invocation.Id, elapsed, reported);
        return result;
    }

    private async Task<(InvocationResult Result, bool DiedBesideOthers)> InvokeOnceAsync(
        Invocation invocation,
        CancellationToken cancellation
    )
    {
        var worker = await WhenReadyAsync(cancellation);
        var result = await InvokeAsync(worker, invocation, cancellation);
        return (result, result.IsLost && worker.InvocationsAtExit > 1);
    }

    /// <summary>Why this run ended, and how long the worker was available.</summary>
    private async Task<(string Failure, TimeSpan Lived)> RunOnceAsync(CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var startup = WorkerCommand.Load(start.App).StartupLimit;
        limit.CancelAfter(startup);
        try
        {
            await using var worker = await server.StartWorkerAsync(start, limit.Token);
            return await KeepAsync(worker, stopping);
        }
        catch (HostException e) when (e.ExitCode == HostException.RefusalExitCode)
        {
            throw new HostException($"The app refuses its settings. {e.Message}", e.ExitCode);
        }
        catch (HostException e)
        {
            return (e.Message, TimeSpan.Zero);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return ($"The worker was not ready within {startup}.", TimeSpan.Zero);
        }
    }

    private async Task<(string Failure, TimeSpan Lived)> KeepAsync(WorkerProcess worker, CancellationToken stopping)
    {
        var lived = Stopwatch.StartNew();
        log.WorkerReady(worker.Id, worker.Functions.Count);
        ready.TrySetResult(worker);
        try
        {
            var exitCode = await worker.Exited.WaitAsync(stopping);
            var reason = $"The worker ended with exit code {exitCode}.";
            return exitCode == HostException.RefusalExitCode
                ? throw new HostException(reason + worker.LastWords, exitCode)
                : (reason, lived.Elapsed);
        }
        finally
        {
            Volatile.Write(ref ready, NewSource());
            if (!worker.Exited.IsCompleted && !await worker.StopAsync(StopGrace))
            {
                log.KillingWorker(StopGrace);
            }
        }
    }

    private static TaskCompletionSource<WorkerProcess> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
