using System.Collections.Concurrent;
using System.Net;
using FunctionsHost.Configuration;
using FunctionsHost.Diagnostics;
using FunctionsHost.Tests.Support;
using FunctionsHost.Worker;
using FunctionsHost.Worker.Protocol;
using Shared;
using Xunit;

namespace FunctionsHost.Tests.Worker;

/// <summary>One server for all tests; each has a worker of its own.</summary>
public sealed class WorkerServerFixture : IAsyncLifetime
{
    internal WorkerServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await WorkerServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

public sealed class WorkerProcessTests(WorkerServerFixture fixture, Azurite azurite) : IClassFixture<WorkerServerFixture>, IDisposable
{
    private readonly WorkerFolder folder = new();
    private readonly ConcurrentQueue<string> output = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Lists_its_functions_and_runs_them_with_their_inputs()
    {
        await using var worker = await StartAsync();
        Assert.Equal(
            ["Blocks", "catchAll", "Clean", "Eager", "Echo", "Ingest", "Keyed", "Nothing", "Recheck", "TwoParts", "Upload", "Zebra"],
            worker.Functions.Order(StringComparer.OrdinalIgnoreCase)
        );
        Assert.Equal(worker.Functions.Order(), FunctionApp.Load(WorkerFolder.App).Functions.Select(function => function.Name).Order());

        var parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var done = await worker.InvokeAsync(
            new("Ingest", One("blob", Input.Blob("images", "a b.jpg")))
            {
                Metadata = One("name", Input.Text("a b.jpg")),
                TraceParent = parent,
            }
        );
        Assert.True(done.Succeeded, done.Error);
        var call = Assert.Single(folder.Calls("Ingest"));
        Assert.Equal("a b.jpg", (string?)call.Data!["name"]);
        Assert.EndsWith("/images/a%20b.jpg", (string?)call.Data["Uri"], StringComparison.Ordinal);
        Assert.Equal(parent, call.TraceParent);

        Assert.True((await worker.InvokeAsync(new("Recheck", One("message", Input.Text("hello"))))).Succeeded);
        Assert.Equal("hello", (string?)Assert.Single(folder.Calls("Recheck")).Data);
        Assert.Contains(output, line => line.EndsWith("Recheck was here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_function_that_throws_fails_with_its_message()
    {
        await using var worker = await StartAsync();
        folder.Mode("Recheck", "fail");
        var result = await worker.InvokeAsync(new("Recheck", One("message", Input.Text("x"))));
        Assert.False(result.Succeeded);
        Assert.Contains("no luck", result.Error, StringComparison.Ordinal);
        Assert.False(result.IsLost);
    }

    [Fact]
    public async Task A_worker_that_crashes_loses_its_invocations_and_reports_its_exit_code()
    {
        await using var worker = await StartAsync();
        folder.Mode("Recheck", "wait:never").Mode("Ingest", "crash");
        var waiting = worker.InvokeAsync(new("Recheck", One("message", Input.Text("x"))));
        await folder.CallsAsync("Recheck", 1);
        var crashing = await worker.InvokeAsync(
            new("Ingest", One("blob", Input.Blob("images", "a"))) { Metadata = One("name", Input.Text("a")) }
        );
        Assert.Contains("exit code 7", crashing.Error, StringComparison.Ordinal);
        Assert.True((await waiting).IsLost);
        Assert.Equal(7, await worker.Exited);
        Assert.True((await worker.InvokeAsync(new("Recheck", One("message", Input.Text("x"))))).IsLost);
    }

    [Fact]
    public async Task A_cancelled_invocation_is_notified_and_the_worker_continues()
    {
        await using var worker = await StartAsync();
        folder.Mode("Recheck", "wait:never");
        using var cancellation = new CancellationTokenSource();
        var waiting = worker.InvokeAsync(new("Recheck", One("message", Input.Text("x"))), cancellation.Token);
        await folder.CallsAsync("Recheck", 1);
        await cancellation.CancelAsync();
        Assert.False((await waiting).Succeeded);
        Assert.True(folder.Has("cancelled-Recheck"));
        folder.Mode("Recheck", "ok");
        Assert.True((await worker.InvokeAsync(new("Recheck", One("message", Input.Text("x"))))).Succeeded);
        Assert.True(await worker.StopAsync(TimeSpan.FromMinutes(5)));
        Assert.Equal(0, await worker.Exited);
    }

    [Fact]
    public async Task Requests_reach_the_function_of_their_route_unchanged()
    {
        await using var worker = await StartAsync();
        using var http = new HttpClient(new FunctionHttpHandler(worker)) { BaseAddress = new Uri("http://example.test:81/") };
        var address = new Uri(
            "http://example.test:81/api/echo/a%2Fb%20c?x=1",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
        using var echo = await http.PostAsync(address, new StringContent("body"));
        Assert.Equal(HttpStatusCode.Created, echo.StatusCode);
        var said = System.Text.Json.Nodes.JsonNode.Parse(await echo.Content.ReadAsStringAsync())!;
        Assert.Equal("/api/echo/a%2Fb%20c?x=1", (string?)said["rawTarget"]);
        Assert.Equal("http://example.test:81/api/echo/a%2Fb%20c?x=1", (string?)said["url"]);
        Assert.Equal("a%2Fb c", (string?)said["path"]);
        Assert.Equal("body", (string?)said["body"]);
        Assert.Equal("42", echo.Headers.GetValues("X-Answer").Single());

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("api/nowhere")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.DeleteAsync("api/keyed")).StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, (await http.GetAsync("api/nothing/304")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("api/nothing/many")).StatusCode);

        folder.Mode("Echo", "fail");
        Assert.Equal(HttpStatusCode.InternalServerError, (await http.GetAsync("api/echo/x")).StatusCode);
    }

    [Theory]
    [InlineData("crash", 3, "before it had loaded its functions.")]
    [InlineData("refuse", 78, " It said:\na setting is wrong")]
    public async Task A_worker_that_exits_at_startup_says_why(string mode, int exitCode, string words)
    {
        folder.Mode("startup", mode);
        var e = await Assert.ThrowsAsync<HostException>(StartAsync);
        Assert.Equal(exitCode, e.ExitCode);
        Assert.Contains($"exit code {exitCode} before", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(words, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_never_connects_is_killed_when_the_wait_is_cancelled()
    {
        folder.Mode("startup", "never-connects");
        using var cancellation = new CancellationTokenSource();
        var starting = fixture.Server.StartWorkerAsync(Description(), cancellation.Token);
        await Patience.UntilAsync(() => folder.Has("process"), "the worker runs");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        await Patience.UntilAsync(() => !Directory.Exists($"/proc/{folder.ProcessId}"), "it is gone");
    }

    private Task<WorkerProcess> StartAsync() => fixture.Server.StartWorkerAsync(Description(), TestContext.Current.CancellationToken);

    private WorkerStart Description() =>
        new(
            WorkerFolder.App,
            new Dictionary<string, string?>
            {
                ["TEST_FOLDER"] = folder.Path,
                ["AzureWebJobsStorage"] = azurite.ConnectionString,
                ["Storage__Images"] = "images",
                ["TEST_QUEUE"] = "queue",
                ["TEST_SCHEDULE"] = "0 0 3 * * *",
            },
            output.Enqueue,
            (_, _, message) => output.Enqueue(message)
        );

    private static Dictionary<string, TypedData> One(string name, TypedData value) => new() { [name] = value };
}
