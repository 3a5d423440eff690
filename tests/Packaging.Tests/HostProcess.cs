using System.Diagnostics;
using System.Reflection;

namespace Packaging.Tests;

/// <summary>The local Functions host on a free port, running an app root. It ends with the test process.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly string Program = typeof(HostProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "FunctionsHost").Value!;

    private readonly Process process;

    private HostProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<HostProcess> StartAsync(string appRoot, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Program, "--app", appRoot, "--port", "0", "--stop-with-stdin"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        // What is published brings its own .NET.
        start.Environment.Remove("DOTNET_ROOT");
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("ready ", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new HostProcess(process, new Uri(line["ready ".Length..]));
            }
        }

        throw new InvalidOperationException("The host ended before it was ready; its messages are above.");
    }

    public async Task StopAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
