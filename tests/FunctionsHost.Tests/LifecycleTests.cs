using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FunctionsHost.Tests.Support;
using Shared;
using Xunit;

namespace FunctionsHost.Tests;

[Long]
public sealed class LifecycleTests(Azurite azurite)
{
    [Fact]
    public async Task Prints_ready_once_forwards_the_worker_s_output_and_stops_when_standard_input_closes()
    {
        using var app = new TestApp(azurite);
        await using var host = await app.StartAsync();
        using var worker = Process.GetProcessById(app.Folder.ProcessId);
        await Patience.UntilAsync(() => host.Output.Contains("[app] a word on standard error", StringComparison.Ordinal));
        await host.Http.GetStringAsync("/api/echo/x");
        await Patience.UntilAsync(() => host.Errors.Contains("TestWorker.Behaviour[0] Echo was here", StringComparison.Ordinal));
        Assert.Equal(0, await host.StopAsync());
        Assert.True(worker.HasExited);
        var own = host
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("[app] ", StringComparison.Ordinal) && line.Trim().Length > 0);
        Assert.Equal($"ready {host.Http.BaseAddress!.OriginalString}", Assert.Single(own).TrimEnd());
        Assert.DoesNotContain("warn: ", host.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_also_reaches_the_worker_which_is_not_restarted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        Assert.SkipWhen(Interrupts.AreIgnored(), Interrupts.Reason);
        using var app = new TestApp(azurite);
        await using var host = await app.StartAsync();
        using var worker = Process.GetProcessById(app.Folder.ProcessId);
        using var kill = Process.Start("/bin/kill", ["-INT", $"{host.Id}", $"{worker.Id}"]);
        Assert.Equal(0, await host.WaitForExitAsync());
        Assert.True(worker.HasExited);
        Assert.DoesNotContain("Restarting it", host.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_host_leaves_no_worker_behind()
    {
        using var app = new TestApp(azurite);
        await using var host = await app.StartAsync();
        using var worker = Process.GetProcessById(app.Folder.ProcessId);
        await host.KillAsync();
        await Patience.ForAsync(worker.WaitForExitAsync());
    }

    [Fact]
    public async Task A_worker_that_refuses_its_settings_ends_the_host()
    {
        using var app = new TestApp(azurite).Mode("startup", "refuse");
        await using var host = app.Launch();
        Assert.Equal(78, await host.WaitForExitAsync());
        Assert.Contains("[app] a setting is wrong", host.Output, StringComparison.Ordinal);
        Assert.Contains("The app refuses its settings", host.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("ready", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_does_not_shut_down_is_killed()
    {
        using var app = new TestApp(azurite).Mode("startup", "stubborn");
        await using var host = await app.StartAsync();
        using var worker = Process.GetProcessById(app.Folder.ProcessId);
        Assert.Equal(0, await host.StopAsync());
        Assert.True(worker.HasExited);
        Assert.Contains("is being killed", host.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_run_stops_the_host_with_one_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var app = new TestApp(azurite);
        await ExpectAsync(app, $"Port {port} is in use: stop what listens there, or choose another port with --port.", "--port", $"{port}");
        await ExpectAsync(app, "Unrecognized command or argument '--loud'.", "--loud");
        await ExpectAsync(app, "Cannot parse argument '70000' for option '--port'", "--port", "70000");
        app.Setting("TEST_QUEUE", "");
        await ExpectAsync(app, "Recheck: '%TEST_QUEUE%' refers to the app setting 'TEST_QUEUE', which is not set.");
        app.Setting("TEST_QUEUE", "q").Setting("AzureWebJobsStorage", "");
        await ExpectAsync(app, "Ingest: the app setting 'AzureWebJobsStorage', which holds the storage connection string, is not set.");
        File.Delete(Path.Combine(app.Root, "functions.metadata"));
        await ExpectAsync(
            app,
            $"Could not find file '{Path.Combine(app.Root, "functions.metadata")}'. Is {app.Root} the output of a build"
        );
        File.Delete(Path.Combine(app.Root, "host.json"));
        await ExpectAsync(app, "The configuration file 'host.json' was not found");
    }

    private static async Task ExpectAsync(TestApp app, string message, params string[] arguments)
    {
        var (exitCode, errors) = await app.RunToEndAsync(arguments);
        var sentence = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
        Assert.StartsWith(message, sentence, StringComparison.Ordinal);
        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Eby8vdM02", errors, StringComparison.Ordinal);
    }
}
