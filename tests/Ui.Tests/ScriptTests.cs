using EndToEnd.Tests;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>The scripts of the page as text.</summary>
public sealed class ScriptTests
{
    private static readonly string Node = Path.Combine("tests", "Ui.Tests", "node");
    private static readonly string Page = Path.Combine("functions", "wwwroot");

    [Fact]
    public Task Every_name_in_them_is_defined_and_used_and_words_for_people_are_in_the_texts() =>
        Tool.RunAsync(
            RepositoryFolder.Path,
            "node",
            Path.Combine(Node, "node_modules", "eslint", "bin", "eslint.js"),
            "--config",
            Path.Combine(Node, "eslint.config.js"),
            Page
        );

    [Fact]
    public Task They_and_the_styles_are_formatted() =>
        Tool.RunAsync(
            RepositoryFolder.Path,
            "node",
            Path.Combine(Node, "node_modules", "prettier", "bin", "prettier.cjs"),
            "--config",
            Path.Combine(Node, "prettier.json"),
            "--check",
            Path.Combine(Page, "**", "*.{js,css,html}")
        );

    [Fact]
    public Task Every_language_has_every_text_and_every_text_is_used() =>
        Tool.RunAsync(RepositoryFolder.Path, "node", Path.Combine(Node, "check-texts.mjs"), Page);
}
