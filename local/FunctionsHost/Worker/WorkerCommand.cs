using System.Diagnostics;
using FunctionsHost.Diagnostics;

namespace FunctionsHost.Worker;

/// <summary>The command to start a worker, from worker.config.json in the app root.</summary>
internal sealed record WorkerCommand(string Executable, string Assembly, TimeSpan StartupLimit)
{
    public static WorkerCommand Load(string app)
    {
        try
        {
            var config = new ConfigurationBuilder().AddJsonFile(Path.Combine(app, "worker.config.json")).Build();
            return new WorkerCommand(
                config["description:defaultExecutablePath"]!.Replace(
                    "{WorkerRoot}",
                    app + Path.DirectorySeparatorChar,
                    StringComparison.Ordinal
                ),
                Path.Combine(app, config["description:defaultWorkerPath"]!),
                config.GetValue("processOptions:processStartupTimeout", TimeSpan.FromMinutes(1))
            );
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new HostException($"{e.Message} Is {app} the output of a build of a .NET isolated function app?");
        }
    }

    public ProcessStartInfo ToStartInfo(WorkerStart worker, Uri server, string workerId)
    {
        string[] arguments =
        [
            Assembly,
            .. ((string[])["--functions-uri", server.AbsoluteUri, "--functions-worker-id", workerId]),
            .. ((string[])["--functions-request-id", workerId, "--functions-grpc-max-message-length", $"{int.MaxValue}"]),
        ];
        var start = new ProcessStartInfo(Executable, arguments)
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
