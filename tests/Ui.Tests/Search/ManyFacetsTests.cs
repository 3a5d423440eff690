using System.Globalization;
using EndToEnd.Tests;
using Microsoft.Playwright;
using Xunit;

namespace Ui.Tests;

/// <summary>The panel on a collection of 10,000 images.</summary>
public sealed class ManyFacetsTests(Site site)
{
    private const int Images = 10_000;

    [Fact]
    public async Task Ten_thousand_images_are_narrowed_by_counts_that_add_up()
    {
        await using var stack = await LocalStack.StartAsync();
        await ManyImages.WriteAsync(stack, Images);
        var address = new Uri(stack.Http.BaseAddress!, "/ui?prefix=many/").AbsoluteUri;
        await using var tab = await site.OpenAsync(address, expectsRefusals: true);
        await tab.Button("Narrow").ClickAsync();
        var panel = tab.Page.Locator("#facets");
        await panel.GetByText("10,000 images with these filters").WaitForAsync();
        Assert.Equal(Count(ManyImages.ColourOf, "green"), await NumberAsync(tab, "color=green"));
        Assert.Equal(Count(ManyImages.StyleOf, "map"), await NumberAsync(tab, "style=map"));

        // Of fifty things only the most frequent are shown, until all are asked for; a chosen one stays.
        var things = panel.Locator("[data-facet^='objects=']");
        await Assertions.Expect(things).ToHaveCountAsync(14);
        await panel.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "more of “Shows”" }).ClickAsync();
        await Assertions.Expect(things).Not.ToHaveCountAsync(14);
        var rare = ManyImages.ObjectOf(60);
        await panel.Locator($"[data-facet='objects={rare}']").ClickAsync();
        await tab.Button($"Remove “Shows: {rare}”").WaitForAsync();

        // Each facet is counted under all filters but its own.
        var shown = Enumerable.Range(0, Images).Where(image => ManyImages.ObjectOf(image) == rare).ToList();
        await panel.GetByText($"{Text(shown.Count)} images with these filters").WaitForAsync();
        var colour = shown.CountBy(ManyImages.ColourOf).MaxBy(pair => pair.Value);
        Assert.Equal(colour.Value, await NumberAsync(tab, $"color={colour.Key}"));
        Assert.Equal(Count(ManyImages.ObjectOf, rare), await NumberAsync(tab, $"objects={rare}"));
        await panel.Locator($"[data-facet='color={colour.Key}']").ClickAsync();
        await panel.GetByText($"{Text(colour.Value)} images with these filters").WaitForAsync();
        await tab.KeepScreenshotAsync("facets-many");
    }

    private static int Count(Func<int, string> of, string value) => Enumerable.Range(0, Images).Count(image => of(image) == value);

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static async Task<int> NumberAsync(Tab tab, string facet) =>
        int.Parse(
            (await tab.Page.Locator($"[data-facet='{facet}'] .number").TextContentAsync())!,
            NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture
        );
}
