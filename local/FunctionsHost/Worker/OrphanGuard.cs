using System.Diagnostics;
using System.Globalization;

namespace FunctionsHost.Worker;

/// <summary>Ends the worker when the host dies without a chance to do so itself, be it by SIGKILL.</summary>
internal abstract class OrphanGuard : IDisposable
{
    public static OrphanGuard Watch(Process worker, ILogger log)
    {
        try
        {
            return OperatingSystem.IsWindows() ? new WindowsJob(worker) : new ShellGuard(worker);
        }
        catch (Exception e)
        {
            log.NoOrphanGuard(e.Message);
            return new NoGuard();
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    private sealed class NoGuard : OrphanGuard;

    /// <summary>A shell that reads from a pipe held by the host alone: the pipe ends when the host does.</summary>
    private sealed class ShellGuard : OrphanGuard
    {
        // Ctrl-C reaches the whole process group, and a closed pipe its readers: the guard must outlive the one and not prolong the other.
        private const string Script = """
            exec >/dev/null 2>&1
            trap '' INT TERM HUP
            while read -r _; do :; done
            kill -TERM "$1" || exit 0
            for _ in 1 2 3 4 5 6 7 8 9 10; do sleep 1; kill -0 "$1" || exit 0; done
            kill -KILL "$1"
            """;

        private readonly Process _shell;

        public ShellGuard(Process worker)
        {
            var id = worker.Id.ToString(CultureInfo.InvariantCulture);
            var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "functions-host-guard", id]) { RedirectStandardInput = true };
            _shell = Process.Start(start)!;
        }

        protected override void Dispose(bool disposing)
        {
            _shell.Kill();
            _shell.WaitForExit();
            _shell.Dispose();
            base.Dispose(disposing);
        }
    }
}
