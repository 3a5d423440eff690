using System.Diagnostics;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>The scripts of the page as text.</summary>
public sealed class ScriptTests
{
    [Fact]
    public async Task Every_name_in_them_is_defined_and_used()
    {
        var node = Path.Combine("tests", "Ui.Tests", "node");
        var start = new ProcessStartInfo(
            "node",
            [
                Path.Combine(node, "node_modules", "eslint", "bin", "eslint.js"),
                "--config",
                Path.Combine(node, "eslint.config.js"),
                Path.Combine("functions", "wwwroot"),
            ]
        )
        {
            WorkingDirectory = RepositoryFolder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var eslint = Process.Start(start)!;
        var said = await Task.WhenAll(eslint.StandardOutput.ReadToEndAsync(), eslint.StandardError.ReadToEndAsync());
        await eslint.WaitForExitAsync();
        Assert.True(eslint.ExitCode == 0, string.Concat(said));
    }
}
