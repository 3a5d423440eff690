using System.Diagnostics;
using System.Reflection;
using Local;

namespace Ingest;

/// <summary>The local stack as its own process, on free ports.</summary>
internal sealed class RunningStack : IAsyncDisposable
{
    private readonly Process process;

    private RunningStack(Process process, string folder, StackFile file) => (this.process, Folder, File) = (process, folder, file);

    public string Folder { get; }

    public StackFile File { get; }

    /// <summary>As they are now: what died has another id.</summary>
    public StackFile.ProcessIds Processes => StackFile.Read(Folder)?.Processes ?? File.Processes;

    public static string Machine =>
        $"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET "
        + $"{Environment.Version}";

    public static async Task<RunningStack> StartAsync(
        string? folder = null,
        IReadOnlyDictionary<string, string>? settings = null,
        string? program = null
    )
    {
        folder ??= Directory.CreateTempSubdirectory("bench-").FullName;
        program ??= typeof(RunningStack)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(item => item.Key == "Local")
            .Value!;
        var start = new ProcessStartInfo(
            "dotnet",
            [program, "--data", folder, "--port", "0", "--search-port", "0", "--blob-port", "0", "--queue-port", "0", "--table-port", "0"]
        )
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("ready ", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new RunningStack(process, folder, StackFile.Read(folder)!);
            }
        }

        throw new InvalidOperationException($"The local stack ended before it was ready; its logs are in {folder}.");
    }

    public async Task StopAsync()
    {
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
    }
}
