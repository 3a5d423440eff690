using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Functions.Tests.Pipeline;

/// <summary>The search emulator on a free port, with an index that lags; it ends with the test process.</summary>
internal sealed class SearchEmulatorProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;

    private SearchEmulatorProcess(Process process, string folder, string address) =>
        (this.process, this.folder, Address) = (process, folder, address);

    public string Address { get; }

    /// <summary>A line of JSON for each request.</summary>
    public string RequestLog => Path.Combine(folder, "requests.log");

    public string CertificateFile => Path.Combine(folder, "certificate.pem");

    public static async Task<SearchEmulatorProcess> StartAsync(int indexingDelayMilliseconds, bool logsRequests = false)
    {
        var folder = Directory.CreateTempSubdirectory("app-tests-search-").FullName;
        var configuration = AppContext.BaseDirectory.Contains(
            $"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}",
            StringComparison.Ordinal
        )
            ? "Release"
            : "Debug";
        var program = Path.Combine(
            Shared.RepositoryFolder.Path,
            "local",
            "SearchEmulator",
            "bin",
            configuration,
            "net10.0",
            "SearchEmulator.dll"
        );
        var process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    program,
                    "--port",
                    "0",
                    "--data",
                    folder,
                    "--stop-with-stdin",
                    "--indexing-delay-ms",
                    indexingDelayMilliseconds.ToString(CultureInfo.InvariantCulture),
                    .. logsRequests ? ["--request-log", Path.Combine(folder, "requests.log")] : Array.Empty<string>(),
                ]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("ready ", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new SearchEmulatorProcess(process, folder, line["ready ".Length..]);
            }
        }

        throw new InvalidOperationException("The search emulator did not start.");
    }

    /// <summary>Replaces the faults that it plays; none are played without an argument.</summary>
    public async Task FaultAsync(params object[] faults)
    {
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = IsOurs } });
        client.DefaultRequestHeaders.Add("api-key", "local-search-admin-key");
        using var response = await client.PutAsJsonAsync(new Uri(new Uri(Address), "/emulator/faults"), faults);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Hangs, as a service does that takes connections and answers nothing.</summary>
    public Task HangAsync() => SignalAsync("-STOP");

    public Task GoOnAsync() => SignalAsync("-CONT");

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private bool IsOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        using var ours = X509CertificateLoader.LoadCertificateFromFile(CertificateFile);
        return certificate is not null && certificate.GetCertHashString() == ours.GetCertHashString();
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
