using System.Runtime.InteropServices;

namespace Serverless.Hosting;

/// <summary>Stops the worker when its host is gone: nothing else tells it that the host was killed.</summary>
internal sealed partial class ParentWatch(IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>Read as early as possible: a host that is gone before is not noticed.</summary>
    private readonly int parent = OperatingSystem.IsWindows() ? 0 : GetParentProcessId();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (GetParentProcessId() != parent)
            {
                lifetime.StopApplication();
                return;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetParentProcessId();
}
