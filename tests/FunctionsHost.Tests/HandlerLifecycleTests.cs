using System.Diagnostics;
using System.Globalization;
using FunctionsHost.Tests.Support;
using Shared;
using Xunit;

namespace FunctionsHost.Tests;

[Long]
public sealed class HandlerLifecycleTests(Azurite azurite)
{
    [Fact]
    public async Task Says_ready_once_and_passes_on_what_the_handler_says()
    {
        using var app = TimerApp();
        await using var host = await app.StartAsync();
        await Patience.UntilAsync(() => host.Output.Contains("[app] the handler is process", StringComparison.Ordinal));
        await Patience.UntilAsync(() => host.Errors.Contains("[app] a word on standard error", StringComparison.Ordinal));
        Assert.Equal(0, await host.StopAsync());
        var own = host.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("[app] ", StringComparison.Ordinal) && line.Trim().Length > 0);
        Assert.Equal($"ready {host.Http.BaseAddress!.OriginalString}", Assert.Single(own).TrimEnd());
    }

    [Fact]
    public async Task Logs_of_an_invocation_are_printed()
    {
        using var app = TimerApp();
        await using var host = await app.StartAsync();
        await Patience.UntilAsync(() => host.Errors.Contains("Function.Clean.User[13] Clean was here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ends_the_handler_when_its_standard_input_ends()
    {
        using var app = TimerApp();
        await using var host = await app.StartAsync();
        var handler = HandlerOf(app);
        Assert.Equal(0, await host.StopAsync());
        Assert.True(handler.HasExited);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Ends_the_handler_when_it_is_signalled(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        Assert.SkipWhen(signal == "INT" && Shared.Interrupts.AreIgnored(), Shared.Interrupts.Reason);
        using var app = TimerApp();
        await using var host = await app.StartAsync();
        var handler = HandlerOf(app);
        using var kill = Process.Start("/bin/kill", [$"-{signal}", $"{host.Id}"]);
        Assert.Equal(0, await host.WaitForExitAsync());
        Assert.True(handler.HasExited);
    }

    [Fact]
    public async Task Ctrl_C_which_reaches_the_handler_too_does_not_start_another()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        Assert.SkipWhen(Shared.Interrupts.AreIgnored(), Shared.Interrupts.Reason);
        using var app = TimerApp().BlobFunction("Ingest", "%Container%/{name}").Mode("Ingest", "wait:go");
        app.Setting("Container", app.UniqueName);
        await azurite.Blobs.GetBlobContainerClient(app.UniqueName).CreateAsync();
        await azurite.Blobs.GetBlobContainerClient(app.UniqueName).UploadBlobAsync("a", BinaryData.FromString("a"));
        await using var host = await app.StartAsync();
        await app.CallsAsync("Ingest", 1);
        var handler = HandlerOf(app);
        using var kill = Process.Start("/bin/kill", ["-INT", $"{host.Id}", $"{handler.Id}"]);
        await Patience.UntilAsync(async () => await host.IsClosedAsync(), "the host has begun to stop");
        app.Signal("go");
        Assert.Equal(0, await host.WaitForExitAsync());
        Assert.True(handler.HasExited);
        Assert.Equal(2, host.Errors.Split("Starting the handler").Length);
        Assert.Single(await Receipts.ListAsync(azurite, app, "Ingest"));
    }

    [Fact]
    public async Task A_handler_that_does_not_listen_to_SIGTERM_is_killed_in_the_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var app = TimerApp().Mode("startup", "stubborn");
        await using var host = await app.StartAsync();
        var handler = HandlerOf(app);
        Assert.Equal(0, await host.StopAsync());
        Assert.True(handler.HasExited);
        Assert.Contains("it is killed", host.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_told_to_stop_while_its_handler_starts_ends_both()
    {
        using var app = TimerApp().Mode("startup", "never-listens");
        await using var host = app.Launch();
        await Patience.UntilAsync(() => File.Exists(Path.Combine(app.Folder, "process")), "the handler has started");
        var handler = HandlerOf(app);
        Assert.Equal(0, await host.StopAsync());
        Assert.True(handler.HasExited);
        Assert.DoesNotContain("ready", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_never_listens_is_a_failure_that_says_so_and_is_started_again()
    {
        using var app = TimerApp().Mode("startup", "never-listens");
        app.WriteHostJson(json => json["customHandler"]!["initializationTimeout"] = "00:00:01");
        await using var host = app.Launch();
        await Patience.UntilAsync(() => host.Errors.Contains(" within 1 s. Starting it again in ", StringComparison.Ordinal));
        Assert.Matches(@"The handler did not answer on port \d+ within 1 s\. Starting it again in ", host.Errors);
        app.Mode("startup", "ok");
        await Patience.UntilAsync(() => host.Errors.Split("Starting the handler").Length > 2, "another start");
    }

    [Fact]
    public async Task A_killed_host_leaves_no_handler_behind()
    {
        using var app = TimerApp();
        await using var host = await app.StartAsync();
        var handler = HandlerOf(app);
        await host.KillAsync();
        await Patience.ForAsync(handler.WaitForExitAsync());
    }

    [Fact]
    public async Task A_handler_that_crashed_is_started_again_and_the_work_goes_on()
    {
        using var app = TimerApp();
        app.HttpFunction("Api", "api/{*path}");
        await using var host = await app.StartAsync();
        var first = HandlerOf(app);
        first.Kill();
        await Patience.UntilAsync(() => app.HandlerProcessId != first.Id.ToString(CultureInfo.InvariantCulture), "another handler");
        Assert.Contains("The handler ended with exit code 137", host.Errors, StringComparison.Ordinal);
        Assert.Contains("rawTarget", await host.Http.GetStringAsync("/api/echo/x"), StringComparison.Ordinal);
        await app.CallsAsync("Clean", app.Calls("Clean").Count + 1);
    }

    [Fact]
    public async Task A_handler_that_fails_again_and_again_is_started_again_until_it_runs()
    {
        using var app = TimerApp().Mode("startup", "crash");
        await using var host = app.Launch();
        await Patience.UntilAsync(() => host.Errors.Split("The handler ended with exit code 3. Starting it again in ").Length > 4, "four failures");
        Assert.False(host.HasExited);
        app.Mode("startup", "ok");
        await Patience.UntilAsync(() => host.Output.Contains("ready ", StringComparison.Ordinal), "it runs");
    }

    [Fact]
    public async Task A_handler_that_refuses_its_settings_ends_the_host()
    {
        using var app = TimerApp().Mode("startup", "refuse");
        var (exitCode, errors) = await app.RunToEndAsync();
        Assert.Equal(78, exitCode);
        Assert.Equal(2, errors.Split("Starting the handler").Length);
        Assert.Contains("[app] a setting is wrong", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invocation_that_runs_into_the_function_timeout_restarts_the_handler()
    {
        using var app = TimerApp();
        app.WriteHostJson(json => json["functionTimeout"] = "00:00:02").Mode("Clean", "wait:never");
        await using var host = await app.StartAsync();
        var first = app.HandlerProcessId;
        await Patience.UntilAsync(() => app.HandlerProcessId != first, "another handler");
        Assert.Contains("ran into the functionTimeout of 00:00:02", host.Errors, StringComparison.Ordinal);
        Assert.False(host.HasExited);
    }

    [Fact]
    public async Task An_executable_of_the_app_root_wins_and_placeholders_in_its_arguments_are_filled_in()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The executable is a shell script.");
            return;
        }

        using var app = TimerApp();
        app.Setting("HANDLER", Path.Combine(AppContext.BaseDirectory, "TestHandler.dll"))
            .WriteHostJson(json =>
            {
                json["customHandler"]!["description"]!["defaultExecutablePath"] = "run-handler";
                json["customHandler"]!["description"]!["arguments"] = new System.Text.Json.Nodes.JsonArray("%TEST_FOLDER%", "%HANDLER%");
            })
            .WriteFile("run-handler", "#!/bin/sh\necho run-handler got $1 in $PWD\nexec dotnet $2\n");
        File.SetUnixFileMode(Path.Combine(app.Root, "run-handler"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var host = await app.StartAsync();
        await Patience.UntilAsync(() => host.Output.Contains($"[app] run-handler got {app.Folder} in {app.Root}", StringComparison.Ordinal));
    }

    private TestApp TimerApp() =>
        new TestApp(azurite).Function("Clean", """{"type":"timerTrigger","direction":"in","name":"timer","schedule":"* * * * * *"}""");

    private static Process HandlerOf(TestApp app) => Process.GetProcessById(int.Parse(app.HandlerProcessId, CultureInfo.InvariantCulture));
}
