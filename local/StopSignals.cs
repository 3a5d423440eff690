using System.Runtime.InteropServices;

namespace Local;

/// <summary>Ctrl-C, SIGTERM, a closed terminal or, optionally, the end of standard input. A second signal ends the process at
/// once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource requested = new();
    private readonly CancellationTokenSource insisted = new();
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private readonly PosixSignalRegistration hangUp;

    public StopSignals(bool stopWithStandardInput)
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
        hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle);
        if (stopWithStandardInput)
        {
            new Thread(WaitForEndOfStandardInput) { IsBackground = true, Name = "standard input" }.Start();
        }
    }

    public CancellationToken Requested => requested.Token;

    public CancellationToken Insisted => insisted.Token;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        hangUp.Dispose();
        requested.Dispose();
        insisted.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        (requested.IsCancellationRequested ? insisted : requested).Cancel();
    }

    private void WaitForEndOfStandardInput()
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[256];
        while (input.Read(buffer) > 0) { }
        try
        {
            requested.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run has ended already.
        }
    }
}
