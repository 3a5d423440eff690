using System.Diagnostics;
using System.Globalization;
using System.Text;
using Local;

namespace Shared;

/// <summary>A real Azurite on free loopback ports. It ends with the test process, however that ends.</summary>
internal sealed class AzuriteProcess : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";

    // The development account of Azurite and the older storage emulator; published, so not a secret.
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly Dictionary<string, Uri> services = [];
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AzuriteProcess(Process process) => this.process = process;

    public string ConnectionString => ConnectionStringOf(0);

    public int ProcessId => process.Id;

    /// <param name="service">Blob, Queue or Table.</param>
    public Uri AddressOf(string service) => services[service];

    /// <param name="account">The number of one of its accounts.</param>
    public string ConnectionStringOf(int account) =>
        string.Join(
            ';',
            [
                "DefaultEndpointsProtocol=http",
                $"AccountName={NameOf(account)}",
                $"AccountKey={AccountKey}",
                .. services.Select(service => $"{service.Key}Endpoint={service.Value}{NameOf(account)}"),
            ]
        );

    /// <summary>Starts it with its data in memory, or in <paramref name="data"/>, where a later one finds it.</summary>
    /// <param name="data">A folder.</param>
    /// <param name="secret">What it demands of all callers, as behind a proxy.</param>
    /// <param name="accounts">How many storage accounts it has.</param>
    public static async Task<AzuriteProcess> StartAsync(string? data = null, string? secret = null, int accounts = 1)
    {
        var folder = Path.Combine(RepositoryFolder.Path, "local", "azurite");
        await NodePackages.InstallAsync(folder);
        var start = new ProcessStartInfo(
            "node",
            [
                "start.js",
                "--stop-with-stdin",
                "--silent",
                "--skipApiVersionCheck",
                "--disableTelemetry",
                .. data is null ? ["--inMemoryPersistence"] : new[] { "--location", data },
                "--blobHost",
                "127.0.0.1",
                "--queueHost",
                "127.0.0.1",
                "--tableHost",
                "127.0.0.1",
                "--blobPort",
                "0",
                "--queuePort",
                "0",
                "--tablePort",
                "0",
            ]
        )
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (accounts > 1)
        {
            start.Environment["AZURITE_ACCOUNTS"] = string.Join(
                ';',
                Enumerable.Range(0, accounts).Select(number => $"{NameOf(number)}:{AccountKey}")
            );
        }

        if (secret is not null)
        {
            start.Environment["AZURITE_PROXY_SECRET"] = secret;
        }

        var azurite = new AzuriteProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        await azurite.RunAsync();
        return azurite;
    }

    /// <summary>SIGKILL: what it did not save is lost.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        try
        {
            await Patience.ForAsync(process.WaitForExitAsync());
        }
        catch (TimeoutException)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private async Task RunAsync()
    {
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"Azurite ended before it was ready:\n{Output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await Patience.ForAsync(ready.Task, "Azurite is ready");
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private static string NameOf(int account) =>
        account == 0 ? Account : string.Create(CultureInfo.InvariantCulture, $"account{account:000}");

    // "Azurite Blob service is successfully listening at http://127.0.0.1:41681"
    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }
        lock (output)
        {
            output.AppendLine(line);
        }
        var words = line.Split(' ');
        if (line.Contains("successfully listening at", StringComparison.Ordinal))
        {
            services[words[1]] = new Uri(words[^1]);
            if (services.Count == 3)
            {
                ready.TrySetResult();
            }
        }
    }

    private string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }
}
