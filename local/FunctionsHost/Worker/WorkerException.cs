using FunctionsHost.Diagnostics;

namespace FunctionsHost.Worker;

/// <summary>A worker that ended, or could not be started, before it had loaded its functions.</summary>
/// <param name="exitCode">Null where there was no process.</param>
internal sealed class WorkerException(string message, int? exitCode = null) : HostException(message)
{
    /// <summary>EX_CONFIG of sysexits.h: what is set is wrong, and starting again does not mend it.</summary>
    public const int RefusalExitCode = 78;

    public int? ExitCode => exitCode;

    public bool IsRefusal => exitCode == RefusalExitCode;
}
