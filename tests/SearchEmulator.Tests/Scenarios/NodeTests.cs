using System.Diagnostics;
using System.Runtime.CompilerServices;
using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Scenarios;

/// <summary>Runs node/scenarios.mjs through both current major versions of Azure's JavaScript client.</summary>
public sealed class NodeTests(SharedEmulator shared, NodePackages packages) : IClassFixture<NodePackages>
{
    [Theory]
    [InlineData("12")]
    [InlineData("13")]
    public async Task The_same_scenarios_pass_through_the_client_for_JavaScript(string version)
    {
        var (code, output) = await packages.RunAsync(
            "node",
            ["scenarios.mjs", version, shared.Process.Address.ToString(), EmulatorProcess.AdminKey],
            shared.Process.CertificateFile
        );
        Assert.True(code == 0, output);
        Assert.Equal(7, output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));
    }
}

/// <summary>Installs the packages that the lock file names, once.</summary>
public sealed class NodePackages : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(SourceFile())!, "..", "node");

    public async ValueTask InitializeAsync()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "search-documents-13")))
        {
            var (code, output) = await RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund"], null);
            Assert.True(code == 0, output);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public async Task<(int Code, string Output)> RunAsync(string program, string[] arguments, string? certificate)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NODE_EXTRA_CA_CERTS"] = certificate;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    private static string SourceFile([CallerFilePath] string path = "") => path;
}
