using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using FunctionsHost.Tests.Support;
using Shared;
using Xunit;

namespace FunctionsHost.Tests;

[Long]
public sealed class WorkerFailureTests(Azurite azurite)
{
    [Fact]
    public async Task A_worker_that_was_killed_is_replaced_and_what_it_was_doing_is_done_again()
    {
        using var app = new TestApp(azurite).Mode("Recheck", "wait:go");
        await app.Queue.CreateAsync();
        await using var host = await app.StartAsync();
        await app.Queue.SendMessageAsync("a");
        await app.Queue.SendMessageAsync("b");
        await app.Folder.CallsAsync("Recheck", 2);
        using (var worker = Process.GetProcessById(app.Folder.ProcessId))
        {
            worker.Kill();
            await Patience.ForAsync(worker.WaitForExitAsync());
        }

        app.Folder.Signal("go");
        Assert.Equal(["a", "b"], await app.Folder.DoneAsync("Recheck", 2));
        Assert.Contains("The worker ended with exit code 137. Restarting it in ", host.Errors, StringComparison.Ordinal);
        Assert.Contains("rawTarget", await host.Http.GetStringAsync("/api/echo/x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_cannot_start_is_started_again_until_it_can_and_one_that_hangs_is_ended()
    {
        using var app = new TestApp(azurite)
            .Mode("startup", "crash")
            .Rewrite("worker.config.json", json => json["processOptions"] = Limit("00:00:03"));
        await using var host = app.Launch();
        await Patience.UntilAsync(() => host.Errors.Split("The worker ended with exit code 3 before").Length > 3, "three failures");
        Assert.False(host.HasExited);
        app.Mode("startup", "never-connects");
        await Patience.UntilAsync(() =>
            host.Errors.Contains("The worker was not ready within 00:00:03. Restarting it in ", StringComparison.Ordinal)
        );
        app.Mode("startup", "ok").Rewrite("worker.config.json", json => json["processOptions"] = Limit("00:10:00"));
        await Patience.UntilAsync(() => host.Output.Contains("ready ", StringComparison.Ordinal), "it runs");
        Assert.Equal(0, await host.StopAsync());
    }

    [Fact]
    public async Task A_function_that_takes_too_long_is_cancelled_and_one_that_does_not_listen_costs_the_worker()
    {
        using var app = new TestApp(azurite).WriteHostJson(json =>
        {
            json["functionTimeout"] = "00:00:03";
            json["extensions"]!["queues"]!["visibilityTimeout"] = "00:10:00";
        });
        app.Mode("Recheck-slow", "wait:never").Mode("Recheck-deaf", "deaf:never");
        await app.Queue.CreateAsync();
        await using var host = await app.StartAsync();
        var first = app.Folder.ProcessId;
        await app.Queue.SendMessageAsync("slow");
        await Patience.UntilAsync(() => host.Errors.Contains("Recheck exceeded the functionTimeout of 00:00:03", StringComparison.Ordinal));
        Assert.True(app.Folder.Has("cancelled-Recheck"));
        Assert.Equal(first, app.Folder.ProcessId);
        await app.Queue.SendMessageAsync("deaf");
        await Patience.UntilAsync(() => app.Folder.ProcessId != first, "another worker");
        Assert.Contains("Killing the worker: Recheck exceeded the functionTimeout", host.Errors, StringComparison.Ordinal);

        // Its first call may take longer than functions may here.
        await Patience.UntilAsync(
            async () =>
            {
                using var answer = await host.Http.GetAsync("/api/echo/x");
                return answer.StatusCode == HttpStatusCode.Created;
            },
            "the other worker answers"
        );
    }

    private static JsonObject Limit(string startup) => new() { ["processStartupTimeout"] = startup };
}
