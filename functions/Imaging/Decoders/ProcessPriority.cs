using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Serverless.Imaging.Decoders;

internal static partial class ProcessPriority
{
    /// <summary>
    /// The equivalent of <see cref="ProcessPriorityClass.BelowNormal"/>: about a tenth of the time on a fully loaded machine.
    /// </summary>
    private const int Nice = 10;

    public static void Lower(Process process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // On Linux priorities are per thread, and the class would set only the first one's.
                foreach (var task in Directory.EnumerateDirectories($"/proc/{process.Id}/task"))
                {
                    _ = SetPriority(0, uint.Parse(Path.GetFileName(task.AsSpan()), CultureInfo.InvariantCulture), Nice);
                }
            }
            else
            {
                process.PriorityClass = ProcessPriorityClass.BelowNormal;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidOperationException or Win32Exception)
        {
            // It has exited, or the platform does not allow it: the lanes still limit it.
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int priority);
}
