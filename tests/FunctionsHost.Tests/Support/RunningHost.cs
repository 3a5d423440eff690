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
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();
    private readonly TaskCompletionSource<Uri> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RunningHost(string root, Dictionary<string, string> settings, string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "FunctionsHost.dll"),
                "--app",
                root,
                "--stop-with-stdin",
                .. arguments.Contains("--port") ? arguments : ["--port", "0", .. arguments],
            ]
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

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => OnOutput(line.Data);
        process.ErrorDataReceived += (_, line) => Add(errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public const string Webhook = "/runtime/webhooks/blobs?functionName=Host.Functions.Ingest";

    public HttpClient Http { get; } = PatientHttp.Client(transport: new SocketsHttpHandler { AllowAutoRedirect = false });

    public string Output => Read(output);

    public string Errors => Read(errors);

    public int Id => process.Id;

    public long WorkingSet
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public bool HasExited => process.HasExited;

    public static async Task<RunningHost> StartAsync(string root, Dictionary<string, string> settings, string[] arguments)
    {
        var host = new RunningHost(root, settings, arguments);
        var exited = host.process.WaitForExitAsync();
        try
        {
            await Patience.ForAsync(Task.WhenAny(host.ready.Task, exited), "the host is ready");
        }
        catch (TimeoutException) { }

        if (!host.ready.Task.IsCompleted)
        {
            var state = exited.IsCompleted ? "ended" : "hangs";
            await host.DisposeAsync();
            throw new XunitException($"The host {state} before it was ready:\n{host.Output}\n{host.Errors}");
        }

        host.Http.BaseAddress = await host.ready.Task;
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
        await Patience.ForAsync(process.WaitForExitAsync());
        return process.ExitCode;
    }

    /// <summary>The exit code of a host that was asked to stop.</summary>
    public async Task<int> StopAsync()
    {
        process.StandardInput.Close();
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
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited)
        {
            try
            {
                await StopAsync();
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        process.Dispose();
    }

    private void OnOutput(string? line)
    {
        Add(output, line);
        if (line?.StartsWith("ready ", StringComparison.Ordinal) == true)
        {
            ready.TrySetResult(new Uri(line["ready ".Length..]));
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
