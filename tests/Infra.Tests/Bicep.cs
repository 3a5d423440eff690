using System.Diagnostics;
using System.Reflection;
using Shared;

namespace Infra.Tests;

/// <summary>The Bicep compiler, from its NuGet package.</summary>
internal static class Bicep
{
    private static readonly string Program = typeof(Bicep)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(item => item.Key == "Bicep")
        .Value!;

    public static string Folder { get; } = Path.Combine(RepositoryFolder.Path, "infra");

    public static bool IsAvailable => OperatingSystem.IsLinux() && File.Exists(Program);

    /// <summary>Runs it in the folder of the templates; the exit code, what it gave, and what it had to say.</summary>
    public static async Task<(int ExitCode, string Output, string Remarks)> RunAsync(params string[] arguments)
    {
        MakeExecutable();
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The program wants a library for languages otherwise, which a small machine does not have.
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        using var process = Process.Start(start)!;
        var remarks = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await remarks);
    }

    private static void MakeExecutable()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Program, File.GetUnixFileMode(Program) | UnixFileMode.UserExecute);
        }
    }
}
