using Microsoft.Playwright;
using Xunit;

namespace Ui.Tests;

/// <summary>Colours and composition on the page: counts to narrow by, and what an image is made of.</summary>
public sealed class FacetTests(Site site)
{
    [Fact]
    public async Task A_colour_narrows_what_is_shown_to_as_many_as_it_counts()
    {
        await using var tab = await site.OpenAsync("/ui?prefix=drawings/");
        await tab.Tiles.First.WaitForAsync();
        await tab.Button("Narrow").ClickAsync();
        var red = tab.Page.Locator("[data-facet='color=red']");
        await red.WaitForAsync();
        var count = int.Parse((await red.Locator(".number").TextContentAsync())!, System.Globalization.CultureInfo.InvariantCulture);
        var facets = await site.Api.GetAsync("/api/facets?prefix=drawings/&facets=color");
        var expected = facets
            .GetProperty("facets")
            .GetProperty("color")
            .EnumerateArray()
            .Single(one => one.GetProperty("value").GetString() == "red");
        Assert.Equal(expected.GetProperty("count").GetInt32(), count);

        await red.ClickAsync();
        await tab.Button("Remove “red”").WaitForAsync();
        await Assertions.Expect(tab.Tiles).ToHaveCountAsync(count);
        Assert.Contains("images/drawings/red-disc.png", await tab.PathsAsync());
        Assert.EndsWith("color=red", tab.Page.Url, StringComparison.Ordinal);
        await Assertions.Expect(red).ToHaveAttributeAsync("aria-pressed", "true");
        await tab.KeepScreenshotAsync("facets");

        await tab.Button("Remove “red”").ClickAsync();
        await Assertions.Expect(red).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [Fact]
    public async Task A_swatch_of_an_image_leads_to_the_nearest_palettes()
    {
        await using var tab = await site.OpenAsync("/ui?text=blue+square&mode=words");
        await tab.Tiles.First.ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.Locator(".composition .subject")).ToBeVisibleAsync();
        await Assertions.Expect(dialog.Locator(".composition")).ToContainTextAsync("one thing on a plain ground");
        var swatch = dialog.GetByLabel("Images with #2f7fd1, blue");
        await tab.KeepScreenshotAsync("palette");
        await swatch.ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await tab.Button("Remove “like #2f7fd1”").WaitForAsync();
        await tab.Page.Locator(".results:not([aria-busy]) .tile[title='images/drawings/blue-square.png']").WaitForAsync();
        Assert.Equal("images/drawings/blue-square.png", (await tab.CollectionPathsAsync())[0]);
    }
}
