using System.Diagnostics;

namespace Local;

internal sealed record ChildCommand(string Name, string LogName, string Program, IReadOnlyList<string> Arguments)
{
    public string? Folder { get; init; }

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    // A terminal sends Ctrl-C to every process of its group. Only this program may act on it: it stops the others in order.
    public ProcessStartInfo ToStartInfo()
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(Program, Arguments) { CreateNewProcessGroup = true }
            : new ProcessStartInfo("/bin/sh", ["-c", "trap '' INT QUIT; exec \"$@\"", "sh", Program, .. Arguments]);
        start.WorkingDirectory = Folder ?? "";
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }
        return start;
    }
}
