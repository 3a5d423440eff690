using System.Diagnostics;
using FunctionsHost.Configuration;

namespace FunctionsHost.Handler;

/// <summary>How to start the handler: the executable of the app root where it has one, otherwise that of the PATH.</summary>
internal sealed record HandlerCommand(string Executable, IReadOnlyList<string> Arguments, string WorkingDirectory, string AppRoot)
{
    private const string Where = $"{HostJson.FileName}: customHandler.description";

    public static HandlerCommand Resolve(FunctionApp app)
    {
        var description = app.Host.Handler;
        string Expand(string text) => app.Settings.Resolve(text, HostJson.FileName);

        var workingDirectory = Path.GetFullPath(Expand(description.WorkingDirectory), app.Root);
        if (!Directory.Exists(workingDirectory))
        {
            throw new HostException($"{Where}.workingDirectory: {workingDirectory} does not exist.");
        }

        var name = Expand(description.Executable);
        var executable = Candidates(name, app.Root, workingDirectory).FirstOrDefault(File.Exists)
            ?? throw new HostException($"{Where}.defaultExecutablePath: '{name}' is neither in {app.Root} nor on the PATH.");
        return new HandlerCommand(executable, [.. description.Arguments.Select(Expand)], workingDirectory, app.Root);
    }

    public ProcessStartInfo ToStartInfo(int port, string workerId)
    {
        var start = new ProcessStartInfo(Executable, Arguments)
        {
            WorkingDirectory = WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var portText = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = portText;
        start.Environment["FUNCTIONS_HTTPWORKER_PORT"] = portText;
        start.Environment["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = workerId;
        start.Environment["FUNCTIONS_HTTPWORKER_ID"] = workerId;
        start.Environment["FUNCTIONS_APP_ROOT_PATH"] = AppRoot;
        start.Environment.Remove(Http.FunctionKey.Variable); // The host's own.
        return start;
    }

    public override string ToString() => string.Join(' ', [Executable, .. Arguments]);

    private static IEnumerable<string> Candidates(string name, string appRoot, string workingDirectory)
    {
        string[] names = OperatingSystem.IsWindows() && !Path.HasExtension(name) ? [name + ".exe", name] : [name];
        var onPath = Path.GetFileName(name) == name
            ? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            : [];
        return from folder in (string[])[workingDirectory, appRoot, .. onPath]
               from file in names
               select Path.GetFullPath(file, Path.GetFullPath(folder));
    }
}
