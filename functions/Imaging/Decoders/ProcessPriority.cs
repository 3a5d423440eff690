using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Serverless.Imaging.Decoders;

internal static partial class ProcessPriority
{
    /// <summary>
    /// As much as <see cref="ProcessPriorityClass.BelowNormal"/> means elsewhere: about a tenth of the time where others want it all.
    /// </summary>
    private const int Nice = 10;

    public static void Lower(Process process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // Here a priority is that of a thread, and the class would set it for the first one only.
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
            // It has ended, or the platform does not allow it: the lanes bound it all the same.
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int priority);
}
