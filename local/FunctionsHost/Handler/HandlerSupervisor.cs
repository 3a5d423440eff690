using System.Diagnostics;
using FunctionsHost.Configuration;
using Local;

namespace FunctionsHost.Handler;

/// <summary>Keeps one handler process running and says when it can be called.</summary>
internal sealed class HandlerSupervisor(
    HandlerCommand command, HandlerDescription options, HttpMessageInvoker http, TimeProvider time, ILogger log)
{
    /// <summary>EX_CONFIG of sysexits.h: what is set is wrong, and starting again does not mend it.</summary>
    public const int RefusalExitCode = 78;

    private readonly RestartDelay _delay = new();
    private TaskCompletionSource<HandlerProcess> _ready = NewSource();
    private TaskCompletionSource<string> _restart = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The process to call, as soon as there is one that answers.</summary>
    public Task<HandlerProcess> WhenReadyAsync(CancellationToken stopping) => Volatile.Read(ref _ready).Task.WaitAsync(stopping);

    /// <summary>Ends this process, with all that it is doing, and starts another. Without effect once it has been replaced.</summary>
    public void Restart(HandlerProcess process, string reason)
    {
        var restart = Volatile.Read(ref _restart);
        if (Volatile.Read(ref _ready).Task is { IsCompletedSuccessfully: true } current && current.Result == process)
        {
            restart.TrySetResult(reason);
        }
    }

    /// <summary>Runs until told to stop, and starts a handler that ended again, however often; ends with a <see cref="RefusalException"/> when the handler refuses its settings.</summary>
    /// <param name="draining">The host is going down: a handler that ends now, as by the same Ctrl-C, is not started again.</param>
    /// <param name="stopping">Nobody needs the handler any more.</param>
    public async Task RunAsync(CancellationToken draining, CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                var (failure, lived) = await RunOnceAsync(stopping);
                if (draining.IsCancellationRequested)
                {
                    return;
                }

                if (failure is null)
                {
                    continue;
                }

                var delay = _delay.After(lived);
                log.HandlerFailed(failure, delay);
                await Task.Delay(delay, time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        finally
        {
            _ready.TrySetCanceled(CancellationToken.None);
        }
    }

    /// <summary>The failure that ended this run, or null where its end was asked for; and how long it could be called.</summary>
    private async Task<(string? Failure, TimeSpan Lived)> RunOnceAsync(CancellationToken stopping)
    {
        using var process = HandlerProcess.Start(command, options.Port, log);
        var lived = new Stopwatch();
        string? failure;
        try
        {
            failure = await process.WaitUntilReadyAsync(http, options.InitializationTimeout, stopping);
            if (failure is null)
            {
                lived.Start();
                log.HandlerReady(process.Id, process.Port);
                _ready.SetResult(process);
                await Task.WhenAny(process.Exited, _restart.Task).WaitAsync(stopping);
            }
        }
        finally
        {
            if (_ready.Task.IsCompleted)
            {
                Volatile.Write(ref _ready, NewSource());
            }

            await process.StopAsync();
        }

        if (process.ExitCode == RefusalExitCode)
        {
            throw new RefusalException("The app refuses to run as it is set; its own sentence is above.");
        }

        if (failure is not null || !_restart.Task.IsCompletedSuccessfully)
        {
            return (failure ?? process.ExitDescription, lived.Elapsed);
        }

        log.RestartingHandler(await _restart.Task);
        Volatile.Write(ref _restart, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return (null, lived.Elapsed);
    }

    private static TaskCompletionSource<HandlerProcess> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
