using System.Globalization;
using FunctionsHost.Worker;
using Shared;

namespace Functions.Tests.Hosting;

public sealed class OrphanTests
{
    /// <summary>
    /// A shell stands between, in the place of the host that is killed: what the worker talks to lives on and tells it nothing.
    /// </summary>
    [Fact]
    public async Task A_worker_whose_host_is_killed_ends_by_itself()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("What runs is read from /proc.");
            return;
        }

        var root = Directory.CreateTempSubdirectory("orphan-").FullName;
        try
        {
            var host = Path.Combine(root, "host.sh");
            await File.WriteAllTextAsync(
                host,
                $"#!/bin/sh\nshift\ndotnet '{Path.Combine(AppContext.BaseDirectory, "Functions.dll")}' \"$@\" &\necho \"worker $!\"\nwait\n"
            );
            File.SetUnixFileMode(host, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            await File.WriteAllTextAsync(
                Path.Combine(root, "worker.config.json"),
                $$$"""{"description":{"defaultExecutablePath":"{{{host}}}","defaultWorkerPath":"Functions.dll"}}"""
            );
            var id = new TaskCompletionSource<int>();
            await using var server = await WorkerServer.StartAsync();
            await using var worker = await server.StartWorkerAsync(
                new WorkerStart(
                    root,
                    new Dictionary<string, string?>
                    {
                        ["FUNCTIONS_APPLICATION_DIRECTORY"] = AppContext.BaseDirectory,
                        ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
                        ["Search__Endpoint"] = "https://127.0.0.1:1",
                        ["Search__ApiKey"] = "none",
                    },
                    line =>
                    {
                        if (line.StartsWith("worker ", StringComparison.Ordinal))
                        {
                            id.TrySetResult(int.Parse(line.AsSpan("worker ".Length), CultureInfo.InvariantCulture));
                        }
                    },
                    (_, _, _) => { }
                )
            );
            Assert.True(Runs(await id.Task));
            worker.Kill();
            await Patience.UntilAsync(() => !Runs(id.Task.Result), "the end of the worker");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>False also for one that has ended and that nobody has asked for its exit code.</summary>
    private static bool Runs(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
