using System.Diagnostics;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Runs a program of somebody else to its end.</summary>
internal static class Tool
{
    /// <returns>What it wrote to standard output. Fails with all that it wrote where it did not succeed.</returns>
    public static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
                ["DOTNET_NOLOGO"] = "1",
                ["KIOTA_OFFLINE_ENABLED"] = "true",
                ["KIOTA_TUTORIAL_ENABLED"] = "false",
                ["REDOCLY_TELEMETRY"] = "off",
                ["MSBUILDDISABLENODEREUSE"] = "1",
            },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{output}\n{await errors}");
        return output;
    }
}
