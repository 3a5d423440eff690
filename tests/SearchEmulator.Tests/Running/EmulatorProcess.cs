using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Shared;

namespace SearchEmulator.Tests.Running;

/// <summary>The built emulator as its users run it: a process of its own, on a free port, ended when the test ends.</summary>
public sealed class EmulatorProcess : IAsyncDisposable
{
    public const string AdminKey = "local-search-admin-key";
    public const string QueryKey = "local-search-query-key";
    private readonly Process _process;

    private EmulatorProcess(Process process, Uri address, Uri? plainAddress, string data)
    {
        _process = process;
        Address = address;
        PlainAddress = plainAddress;
        Data = data;
        Certificate = X509CertificateLoader.LoadCertificateFromFile(CertificateFile);
    }

    public Uri Address { get; }

    public Uri? PlainAddress { get; }

    public string Data { get; }

    public string CertificateFile => Path.Combine(Data, "certificate.pem");

    public X509Certificate2 Certificate { get; }

    public int Id => _process.Id;

    public static string NewFolder() => Directory.CreateTempSubdirectory("search-emulator-").FullName;

    public static async Task<EmulatorProcess> StartAsync(string data, params string[] options)
    {
        var process = Launch(["--port", "0", "--data", data, "--stop-with-stdin", .. options]);
        Uri? plain = null;
        while (await Patience.ForAsync(process.StandardOutput.ReadLineAsync(), "the emulator is ready") is { } line)
        {
            if (line.StartsWith("ready ", StringComparison.Ordinal))
            {
                _ = process.StandardError.ReadToEndAsync();
                return new EmulatorProcess(process, new Uri(line["ready ".Length..]), plain, data);
            }

            plain = line.StartsWith("http ", StringComparison.Ordinal) ? new Uri(line["http ".Length..]) : plain;
        }

        throw new InvalidOperationException("The emulator did not start: " + await process.StandardError.ReadToEndAsync());
    }

    public static Process Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "SearchEmulator.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<int> StopAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
        }

        return await WaitForExitAsync();
    }

    public async Task<int> WaitForExitAsync()
    {
        await Patience.ForAsync(_process.WaitForExitAsync());
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        catch (TimeoutException)
        {
            _process.Kill();
        }

        _process.Dispose();
        Certificate.Dispose();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"emulator {Id} at {Address}");
}
