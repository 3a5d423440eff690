using Microsoft.Playwright;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>What the page shows while it waits, and where there is nothing to show.</summary>
public sealed class WaitingTests(Site site)
{
    [Fact]
    public async Task A_search_that_takes_long_can_be_cancelled_and_sent_again()
    {
        await using var tab = await site.OpenAsync("/ui");
        await tab.Tiles.First.WaitForAsync();
        var held = new TaskCompletionSource();
        await tab.Page.RouteAsync(
            "**/api/search",
            async route =>
            {
                await held.Task;
                await route.ContinueAsync();
            }
        );
        await tab.Words.FillAsync("butterfly");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Button("Cancel").ClickAsync();
        await tab.Page.GetByText("Search cancelled").WaitForAsync();
        held.SetResult();
        await tab.Button("Search again").ClickAsync();
        await tab.ResultsAsync();
    }

    [Fact]
    public async Task The_sketch_pad_stays_where_it_is_when_drawing_begins()
    {
        await using var tab = await site.OpenAsync("/ui");
        await tab.Button("Sketch").ClickAsync();
        var canvas = tab.Page.GetByLabel("Sketch", new PageGetByLabelOptions { Exact = true });
        var before = (await canvas.BoundingBoxAsync())!;
        await tab.Page.Mouse.MoveAsync(before.X + 40, before.Y + 40);
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(before.X + 120, before.Y + 90);
        await tab.Page.Mouse.UpAsync();
        await tab.ResultsAsync();
        Assert.Equal(before.Y, (await canvas.BoundingBoxAsync())!.Y);

        // Closed, it leaves a chip behind that takes the sketch out of the query.
        await tab.Button("Sketch", exact: true).ClickAsync();
        await tab.Button("Remove “this sketch”").ClickAsync();
        await Assertions.Expect(tab.Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("#sketch"));
    }

    [Fact]
    public async Task See_through_drawings_are_on_a_ground_on_which_they_can_be_seen()
    {
        await site.Api.UploadAndWaitAsync("ground/black.png", Picture.LineDrawing(0).Png());
        await site.Api.UploadAndWaitAsync("ground/white.png", Picture.LineDrawing(255).Png());
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var tab = await site.OpenAsync("/ui?prefix=ground/", new BrowserNewContextOptions { ColorScheme = scheme });
            foreach (var name in new[] { "black", "white" })
            {
                var image = tab.Page.GetByTitle($"images/ground/{name}.png").Locator("img.loaded");
                await image.WaitForAsync();
                using var seen = NetVips.Image.NewFromBuffer(await image.ScreenshotAsync());
                Assert.True(seen.ExtractBand(0, 3).Deviate() > 10, $"{name} in {scheme}: {seen.Deviate()}");
            }
        }
    }

    [Fact]
    public async Task A_thumbnail_that_cannot_be_shown_says_so()
    {
        await using var tab = await site.OpenAsync("/ui");
        await tab.Tiles.First.WaitForAsync();
        tab.ExpectsRefusals = true;
        await tab.Page.RouteAsync("**/content?**", route => route.AbortAsync());
        await tab.Page.GotoAsync($"{new Uri(tab.Page.Url).GetLeftPart(UriPartial.Authority)}/ui?prefix=drawings/");
        var frame = tab.Page.Locator(".frame:has(> img.missing)").First;
        await frame.WaitForAsync();
        Assert.Equal("\"No preview\"", await frame.EvaluateAsync<string>("element => getComputedStyle(element, '::after').content"));
    }

    [Theory]
    [InlineData("/ui")]
    [InlineData("/ui/review")]
    [InlineData("/ui/upload")]
    [InlineData("/ui/operate")]
    public async Task Nothing_is_wider_than_the_smallest_screen(string address)
    {
        await using var tab = await site.OpenAsync(
            address,
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = 320, Height = 640 },
            }
        );
        await tab.Page.Locator("main h1").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await tab.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Equal(320, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Words_that_nothing_has_are_not_blamed_on_filters()
    {
        await using var tab = await site.OpenAsync("/ui?text=qqzzxxyy&mode=words");
        await tab.Page.GetByText("Nothing found").WaitForAsync();
        await tab.Link("Search by words and looks").ClickAsync();
        await tab.ResultsAsync();
    }
}
