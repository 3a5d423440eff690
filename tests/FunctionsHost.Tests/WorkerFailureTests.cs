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
    public async Task A_killed_worker_is_replaced_and_its_invocations_are_retried()
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
    public async Task A_worker_that_fails_to_start_is_restarted_and_one_that_hangs_is_killed()
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
    public async Task A_function_that_times_out_is_cancelled_and_if_it_ignores_that_the_worker_is_killed()
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
