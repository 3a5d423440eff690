using System.Net;
using System.Text;
using FunctionsHost.Diagnostics;
using FunctionsHost.Tests.Support;
using FunctionsHost.Worker;
using FunctionsHost.Worker.Protocol;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>The app as the Functions host runs it: a worker of its protocol. The test is in the place of the listeners.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly Lazy<Task<WorkerServer>> Server = new(WorkerServer.StartAsync);

    private readonly WorkerProcess worker;
    private readonly StringBuilder output;

    private AppProcess(WorkerProcess worker, StringBuilder output)
    {
        (this.worker, this.output) = (worker, output);
        Http = PatientHttp.Client(Address, new DescribedAnswers(new FunctionHttpHandler(worker)));
    }

    /// <summary>Reaches the functions as clients of the host do, without a key.</summary>
    public HttpClient Http { get; }

    /// <summary>Where the worker itself listens. It answers only what <see cref="Announce"/> told it of.</summary>
    public Uri Address => worker.HttpUri!;

    public int Id => worker.Id;

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>Starts an app and waits until it is ready.</summary>
    /// <param name="root">The app root; by default the one that the tests were built with.</param>
    public static async Task<AppProcess> StartAsync(IReadOnlyDictionary<string, string> settings, string? root = null)
    {
        var app = await ListenAsync(settings, root);
        await Patience.UntilAsync(async () => app.worker.Exited.IsCompleted || await app.IsReadyAsync(), "an app that is ready");
        return app.worker.Exited.IsCompleted ? throw new InvalidOperationException($"The app did not start:\n{app.Output}") : app;
    }

    /// <summary>Starts an app and waits until it has told its functions; it may not be ready yet.</summary>
    public static async Task<AppProcess> ListenAsync(IReadOnlyDictionary<string, string> settings, string? root = null)
    {
        var output = new StringBuilder();
        return new AppProcess(await LaunchAsync(settings, output, root), output);
    }

    /// <summary>Starts an app that is expected to refuse, and returns what it said.</summary>
    public static async Task<string> RefusalAsync(IReadOnlyDictionary<string, string> settings)
    {
        var output = new StringBuilder();
        try
        {
            await using var app = new AppProcess(await LaunchAsync(settings, output), output);
            Assert.Equal(HostException.RefusalExitCode, await Patience.ForAsync(app.worker.Exited));
            return app.Output;
        }
        catch (HostException ended)
        {
            Assert.Equal(HostException.RefusalExitCode, ended.ExitCode);
            return output.ToString();
        }
    }

    /// <summary>One invocation; false where it failed or the app ended.</summary>
    public async Task<bool> TriggerAsync(Invocation invocation)
    {
        var result = await worker.InvokeAsync(invocation);
        if (result.Error is { } error)
        {
            Note(output, error);
        }

        return result.Succeeded;
    }

    /// <summary>Tells the app that a request for a function is about to come, and returns the header that the request must have.</summary>
    public string Announce(string function)
    {
        var invocation = new Invocation(function, new Dictionary<string, TypedData> { ["request"] = new() { Http = new() } });
        _ = TriggerAsync(invocation);
        return $"x-ms-invocation-id: {invocation.Id}\r\n";
    }

    /// <summary>Until it has ended by itself and everything that it said is in <see cref="Output"/>.</summary>
    public Task WaitForExitAsync() => Patience.ForAsync(worker.Exited);

    /// <summary>SIGKILL: no handler runs.</summary>
    public async Task KillAsync()
    {
        worker.Kill();
        await worker.Exited;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await worker.DisposeAsync();
    }

    private static async Task<WorkerProcess> LaunchAsync(
        IReadOnlyDictionary<string, string> settings,
        StringBuilder output,
        string? root = null
    )
    {
        // One that is killed would leave its pipes in the temp folder.
        var environment = settings
            .Prepend(new("DOTNET_EnableDiagnostics", "0"))
            .ToDictionary(setting => setting.Key, setting => (string?)setting.Value);
        return await (await Server.Value).StartWorkerAsync(
            new WorkerStart(
                root ?? AppContext.BaseDirectory,
                environment,
                line => Note(output, line),
                (level, category, message) => Note(output, $"{level} {category}: {message}")
            )
        );
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await Http.GetAsync("/api/health");
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static void Note(StringBuilder output, string line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
