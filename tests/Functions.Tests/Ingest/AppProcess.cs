using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Shared;

namespace Functions.Tests.Ingest;

/// <summary>The app as the Functions host runs it: its executable, told a port; triggers are posted to it.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private AppProcess(Process process, Uri address)
    {
        this.process = process;
        Http = PatientHttp.Client(address);
    }

    public HttpClient Http { get; }

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

    public static async Task<AppProcess> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var app = await ListenAsync(settings);
        await app.WaitForAsync("/api/health");
        return app;
    }

    /// <summary>Starts an app and waits until it listens; it may not be ready yet.</summary>
    public static async Task<AppProcess> ListenAsync(IReadOnlyDictionary<string, string> settings)
    {
        var app = Launch(settings);
        await app.WaitForAsync("/");
        return app;
    }

    private async Task WaitForAsync(string path)
    {
        await Patience.UntilAsync(async () => process.HasExited || await AnswersAsync(path), $"an answer to {path}");
        if (process.HasExited)
        {
            throw new InvalidOperationException($"The app did not start:\n{Output}");
        }
    }

    /// <summary>Starts an app that is expected to refuse, and returns what it said.</summary>
    public static async Task<string> RefusalAsync(IReadOnlyDictionary<string, string> settings)
    {
        await using var app = Launch(settings);
        await app.WaitForExitAsync();
        Assert.NotEqual(0, app.process.ExitCode);
        return app.Output;
    }

    /// <summary>Posts a trigger as the host does; true where the app answered with success and an object.</summary>
    public async Task<bool> TriggerAsync(string function, object payload)
    {
        try
        {
            using var response = await Http.PostAsJsonAsync($"/{function}", payload, System.Text.Json.JsonSerializerOptions.Default);
            return response.IsSuccessStatusCode && (await response.Content.ReadFromJsonAsync<JsonElement>()).ValueKind == JsonValueKind.Object;
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return false;
        }
    }

    /// <summary>Until it has ended by itself and everything that it said is in <see cref="Output"/>.</summary>
    public Task WaitForExitAsync() => Patience.ForAsync(process.WaitForExitAsync());

    /// <summary>SIGKILL: no handler runs.</summary>
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
            await KillAsync();
        }

        process.Dispose();
    }

    private static AppProcess Launch(IReadOnlyDictionary<string, string> settings)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Functions.dll")])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        // One that is killed would leave its pipes in the temp folder.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var app = new AppProcess(process, new Uri($"http://127.0.0.1:{port}"));
        process.OutputDataReceived += (_, line) => app.Note(line.Data);
        process.ErrorDataReceived += (_, line) => app.Note(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return app;
    }

    private async Task<bool> AnswersAsync(string path)
    {
        try
        {
            using var response = await Http.GetAsync(path);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Note(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
