using System.Runtime.InteropServices;

namespace FunctionsHost;

/// <summary>What tells the host to stop: a signal, or the end of standard input. A second signal ends it at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public CancellationToken Token => _stop.Token;

    public static StopSignals Listen(bool stopWithStdin)
    {
        var signals = new StopSignals();
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP])
        {
            signals._registrations.Add(PosixSignalRegistration.Create(signal, signals.OnSignal));
        }

        if (stopWithStdin)
        {
            _ = signals.WaitForEndOfInputAsync();
        }

        return signals;
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = !_stop.IsCancellationRequested;
        _stop.Cancel();
    }

    private async Task WaitForEndOfInputAsync()
    {
        await using var input = Console.OpenStandardInput();
        await Task.Run(() => input.CopyTo(Stream.Null)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync();
    }
}
