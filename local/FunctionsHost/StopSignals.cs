using System.Runtime.InteropServices;

namespace FunctionsHost;

/// <summary>Signals, or the end of standard input, stop the host. A second signal ends it at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<PosixSignalRegistration> registrations = [];

    public CancellationToken Token => stop.Token;

    public static StopSignals Listen(bool stopWithStdin)
    {
        var signals = new StopSignals();
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP])
        {
            signals.registrations.Add(PosixSignalRegistration.Create(signal, signals.OnSignal));
        }

        if (stopWithStdin)
        {
            _ = signals.WaitForEndOfInputAsync();
        }

        return signals;
    }

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    }

    private async Task WaitForEndOfInputAsync()
    {
        await using var input = Console.OpenStandardInput();
        await Task.Run(() => input.CopyTo(Stream.Null)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await stop.CancelAsync();
    }
}
