using EndToEnd.Tests;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>The scripts of the page as text.</summary>
public sealed class ScriptTests
{
    [Fact]
    public Task Every_name_in_them_is_defined_and_used()
    {
        var node = Path.Combine("tests", "Ui.Tests", "node");
        return Tool.RunAsync(
            RepositoryFolder.Path,
            "node",
            Path.Combine(node, "node_modules", "eslint", "bin", "eslint.js"),
            "--config",
            Path.Combine(node, "eslint.config.js"),
            Path.Combine("functions", "wwwroot")
        );
    }
}
