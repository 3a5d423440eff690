using System.Text.Json;
using Microsoft.Playwright;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>The accessibility rules of axe-core, WCAG 2 A and AA, on the page as it stands.</summary>
internal static class Axe
{
    private static readonly Lazy<string> Source = new(() =>
        File.ReadAllText(Path.Combine(RepositoryFolder.Path, "tests", "Ui.Tests", "node", "node_modules", "axe-core", "axe.min.js"))
    );

    public static async Task FindsNothingAsync(IPage page)
    {
        await page.EvaluateAsync($"() => {{ {Source.Value} }}");
        var found = await page.EvaluateAsync<JsonElement>(
            """
            async () => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
              const { violations, passes } = await axe.run(document, { runOnly: tags });
              return { passes: passes.length, violations: violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' | ')}`) };
            }
            """
        );
        Assert.True(found.GetProperty("passes").GetInt32() > 10);
        var violations = found.GetProperty("violations").EnumerateArray().Select(violation => violation.GetString()).ToList();
        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }
}
