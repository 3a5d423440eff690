using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FunctionsHost.Handler;

/// <summary>Asks a process to end: SIGTERM where there is one; Windows has no such request for a program without a window.</summary>
internal static partial class Terminator
{
    private const int SigTerm = 15;

    public static void AskToEnd(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
        }
        else
        {
            _ = Kill(process.Id, SigTerm);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
