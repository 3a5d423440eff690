using FunctionsHost.Diagnostics;

namespace FunctionsHost.Worker;

/// <summary>A worker exited or could not be started before it had loaded its functions.</summary>
/// <param name="exitCode">Null if there was no process.</param>
internal sealed class WorkerException(string message, int? exitCode = null) : HostException(message)
{
    /// <summary>EX_CONFIG of sysexits.h: the settings are wrong; a restart would not help.</summary>
    public const int RefusalExitCode = 78;

    public int? ExitCode => exitCode;

    public bool IsRefusal => exitCode == RefusalExitCode;
}
