using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FunctionsHost.Worker;

/// <summary>The command to start a worker, from worker.config.json in the app root.</summary>
internal sealed record WorkerCommand(string Executable, string Assembly, TimeSpan StartupLimit)
{
    private const string FileName = "worker.config.json";
    private static readonly TimeSpan DefaultStartupLimit = TimeSpan.FromSeconds(60);

    public static WorkerCommand Load(string app)
    {
        var path = Path.Combine(app, FileName);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            var description = json.RootElement.GetProperty("description");
            var assembly = Path.Combine(app, description.GetProperty("defaultWorkerPath").GetString()!);
            var executable = description
                .GetProperty("defaultExecutablePath")
                .GetString()!
                .Replace("{WorkerRoot}", app + Path.DirectorySeparatorChar, StringComparison.Ordinal);
            var limit =
                json.RootElement.TryGetProperty("processOptions", out var process)
                && process.TryGetProperty("processStartupTimeout", out var text)
                && TimeSpan.TryParse(text.GetString(), CultureInfo.InvariantCulture, out var set)
                    ? set
                    : DefaultStartupLimit;
            return new WorkerCommand(executable, assembly, limit);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new WorkerException($"{path}: {e.Message} Is {app} the output of a build of a .NET isolated function app?");
        }
    }

    public ProcessStartInfo ToStartInfo(WorkerStart worker, Uri server, string workerId)
    {
        var requestId = Guid.NewGuid().ToString();
        var start = new ProcessStartInfo(
            Executable,
            [
                Assembly,
                "--functions-uri",
                server.AbsoluteUri,
                "--functions-worker-id",
                workerId,
                "--functions-request-id",
                requestId,
                "--functions-grpc-max-message-length",
                "2147483647",
            ]
        )
        {
            WorkingDirectory = worker.App,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = worker.App;
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = worker.App;
        start.Environment.TryAdd("AZURE_FUNCTIONS_ENVIRONMENT", "Development");
        foreach (var (name, value) in worker.Settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
