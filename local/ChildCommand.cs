using System.Diagnostics;

namespace Local;

internal sealed record ChildCommand(string Name, string LogName, string Program, IReadOnlyList<string> Arguments)
{
    // What the user's shell says about ASP.NET Core is not meant for these: each listens where it is told, on loopback only.
    private static readonly string[] NotInherited =
    [
        "ASPNETCORE_URLS",
        "ASPNETCORE_HTTP_PORTS",
        "ASPNETCORE_HTTPS_PORTS",
        "DOTNET_URLS",
        "URLS",
        "HTTP_PORTS",
        "HTTPS_PORTS",
    ];

    public string? Folder { get; init; }

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    // A terminal tells every process of its group about Ctrl-C, and about its own end. Only this program may act on it: it stops
    // the others in order.
    public ProcessStartInfo ToStartInfo()
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(Program, Arguments) { CreateNewProcessGroup = true }
            : new ProcessStartInfo("/bin/sh", ["-c", "trap '' INT QUIT HUP; exec \"$@\"", "sh", Program, .. Arguments]);
        start.WorkingDirectory = Folder ?? "";
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var name in NotInherited)
        {
            start.Environment.Remove(name);
        }
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }
        return start;
    }
}
