using System.Diagnostics;
using Local;
using Shared;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>The storage client of another language: @azure/storage-blob on Node.js.</summary>
internal static class NodeClient
{
    public static async Task UploadAsync(string connectionString, string container, params IEnumerable<string> files)
    {
        var folder = Path.Combine(RepositoryFolder.Path, "tests", "EndToEnd.Tests", "node");
        await NodePackages.InstallAsync(folder);
        var start = new ProcessStartInfo("node", ["upload.js", connectionString, container, .. files])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        node.OutputDataReceived += (_, _) => { };
        node.BeginOutputReadLine();
        var errors = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, errors);
    }
}
