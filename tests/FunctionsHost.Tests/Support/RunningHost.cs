using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Shared;
using Xunit;
using Xunit.Sdk;

namespace FunctionsHost.Tests.Support;

/// <summary>The host, started as its users start it.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RunningHost(string root, Dictionary<string, string> settings, string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "FunctionsHost.dll"), "--app", root, "--port", "0", "--stop-with-stdin", .. arguments]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => OnOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public const string Webhook = "/runtime/webhooks/blobs?functionName=Host.Functions.Ingest";

    public HttpClient Http { get; } = PatientHttp.Client(transport: new SocketsHttpHandler { AllowAutoRedirect = false });

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    public int Id => _process.Id;

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public bool HasExited => _process.HasExited;

    public static async Task<RunningHost> StartAsync(string root, Dictionary<string, string> settings, string[] arguments)
    {
        var host = new RunningHost(root, settings, arguments);
        var exited = host._process.WaitForExitAsync();
        try
        {
            await Patience.ForAsync(Task.WhenAny(host._ready.Task, exited), "the host is ready");
        }
        catch (TimeoutException) { }

        if (!host._ready.Task.IsCompleted)
        {
            var state = exited.IsCompleted ? "ended" : "hangs";
            await host.DisposeAsync();
            throw new XunitException($"The host {state} before it was ready:\n{host.Output}\n{host.Errors}");
        }

        host.Http.BaseAddress = await host._ready.Task;
        return host;
    }

    public static async Task<(int ExitCode, string Errors)> RunToEndAsync(
        string root,
        Dictionary<string, string> settings,
        string[] arguments
    )
    {
        await using var host = new RunningHost(root, settings, arguments);
        return (await host.WaitForExitAsync(), host.Errors);
    }

    public async Task<int> WaitForExitAsync()
    {
        await Patience.ForAsync(_process.WaitForExitAsync());
        return _process.ExitCode;
    }

    /// <summary>The exit code of a host that was asked to stop.</summary>
    public async Task<int> StopAsync()
    {
        _process.StandardInput.Close();
        return await WaitForExitAsync();
    }

    /// <summary>Event Grid's word that a blob was written.</summary>
    public async Task TellAsync(Uri blob)
    {
        var path = new BlobUriBuilder(blob);
        var text = new JsonArray(
            new JsonObject
            {
                ["id"] = $"{Guid.NewGuid()}",
                ["topic"] = "/subscriptions/local/resourceGroups/local/providers/Microsoft.Storage/storageAccounts/devstoreaccount1",
                ["subject"] = $"/blobServices/default/containers/{path.BlobContainerName}/blobs/{path.BlobName}",
                ["eventType"] = "Microsoft.Storage.BlobCreated",
                ["eventTime"] = $"{DateTime.UtcNow:O}",
                ["dataVersion"] = "",
                ["metadataVersion"] = "1",
                ["data"] = new JsonObject
                {
                    ["api"] = "PutBlob",
                    ["eTag"] = "0x8D0",
                    ["blobType"] = "BlockBlob",
                    ["url"] = blob.AbsoluteUri,
                },
            }
        ).ToJsonString();
        using var request = new HttpRequestMessage(HttpMethod.Post, Webhook)
        {
            Content = new StringContent(text, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("aeg-event-type", "Notification");
        using var response = await Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>No chance to clean up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            try
            {
                await StopAsync();
            }
            catch (TimeoutException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private void OnOutput(string? line)
    {
        Add(_output, line);
        if (line?.StartsWith("ready ", StringComparison.Ordinal) == true)
        {
            _ready.TrySetResult(new Uri(line["ready ".Length..]));
        }
    }

    private static void Add(StringBuilder to, string? line)
    {
        lock (to)
        {
            to.AppendLine(line);
        }
    }

    private static string Read(StringBuilder from)
    {
        lock (from)
        {
            return from.ToString();
        }
    }
}
