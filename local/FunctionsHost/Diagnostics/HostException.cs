namespace FunctionsHost.Diagnostics;

/// <summary>The host, its worker or a function cannot start or continue. The message is a sentence for the user.</summary>
internal sealed class HostException(string message, int exitCode = 1) : Exception(message)
{
    /// <summary>EX_CONFIG of sysexits.h: the app refuses its settings; a restart would not help.</summary>
    public const int RefusalExitCode = 78;

    public int ExitCode => exitCode;
}
