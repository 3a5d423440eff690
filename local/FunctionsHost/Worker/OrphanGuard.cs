using System.Diagnostics;
using System.Globalization;
using FunctionsHost.Diagnostics;

namespace FunctionsHost.Worker;

/// <summary>
/// Ends the worker if the host dies without the chance to do so, for example by SIGKILL: a shell that reads from a pipe only the host
/// holds. There is no guard on Windows; there, as in Azure, the app must watch its host.
/// </summary>
internal sealed class OrphanGuard : IDisposable
{
    // The guard must survive Ctrl-C, which reaches the whole process group, and must not hold the worker's pipes open.
    private const string Script = """
        exec >/dev/null 2>&1
        trap '' INT TERM HUP
        while read -r _; do :; done
        kill -TERM "$1" || exit 0
        for _ in 1 2 3 4 5 6 7 8 9 10; do sleep 1; kill -0 "$1" || exit 0; done
        kill -KILL "$1"
        """;

    private readonly Process? shell;

    private OrphanGuard(Process? shell) => this.shell = shell;

    public static OrphanGuard Watch(Process worker, ILogger log)
    {
        if (OperatingSystem.IsWindows())
        {
            return new OrphanGuard(null);
        }

        try
        {
            var id = worker.Id.ToString(CultureInfo.InvariantCulture);
            var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "functions-host-guard", id]) { RedirectStandardInput = true };
            return new OrphanGuard(Process.Start(start));
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            log.NoOrphanGuard(e.Message);
            return new OrphanGuard(null);
        }
    }

    public void Dispose()
    {
        shell?.Kill();
        shell?.WaitForExit();
        shell?.Dispose();
    }
}
