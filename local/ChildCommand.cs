using System.Diagnostics;

namespace Local;

internal sealed record ChildCommand(string Name, string LogName, string Program, IReadOnlyList<string> Arguments)
{
    // The shell's ASP.NET Core settings are not meant for these programs: each listens where it is told, on loopback only.
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

    // A terminal signals Ctrl-C, and its own end, to every process of its group. Only this program may react: it stops the others in order.
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
