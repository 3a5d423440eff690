using Microsoft.Playwright;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>The page on a phone, by fingers alone.</summary>
public sealed class TouchTests(Site site)
{
    private const int Width = 360;
    private const int Height = 740;

    [Fact]
    public async Task A_finger_draws_and_the_results_are_in_sight_and_selected_by_a_tap()
    {
        await using var tab = await OpenAsync("/ui");
        await tab.Tiles.First.WaitForAsync();
        await tab.Button("Sketch").TapAsync();
        var paper = (await tab.Page.GetByLabel("Sketch", new PageGetByLabelOptions { Exact = true }).BoundingBoxAsync())!;
        var fingers = await Fingers.OnAsync(tab.Page);
        await fingers.MoveAsync([
            .. Enumerable
                .Range(0, 12)
                .Select(step =>
                    new[] { (paper.X + (paper.Width * (0.2 + (0.05 * step))), paper.Y + (paper.Height * (0.3 + (0.03 * step)))) }
                ),
        ]);
        await tab.ResultsAsync();
        Assert.Contains("#sketch=", tab.Page.Url, StringComparison.Ordinal);
        Assert.Equal(0, await tab.Page.EvaluateAsync<int>("scrollY"));
        var first = (await tab.Tiles.First.Locator("img").BoundingBoxAsync())!;
        Assert.InRange(first.Y + (first.Height / 2), 0, Height);
        await tab.KeepScreenshotAsync("touch-sketch");

        var box = tab.Page.Locator(".pick").First;
        Assert.True((await box.BoundingBoxAsync())!.Width >= 24);
        await box.TapAsync();
        await tab.Page.GetByText("1 image selected").WaitForAsync();
        await tab.Button("Clear", exact: true).Last.TapAsync();
    }

    [Fact]
    public async Task Fingers_zoom_and_move_a_comparison_and_decide_in_it()
    {
        var picture = Picture.Scene(8642, 400, 300);
        await site.Api.UploadAndWaitAsync("touch/original.jpg", picture.Jpeg());
        await site.Api.UploadAndWaitAsync("touch/finger-copy.jpg", picture.Resized(0.7).Jpeg());
        await site.ChangesAsync("touch/finger-copy.jpg");
        await using var tab = await OpenAsync("/ui/review?sort=date");
        await tab.Button("Compare finger-copy.jpg", exact: true).TapAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Heading, new LocatorGetByRoleOptions { Name = "finger-copy.jpg" }).WaitForAsync();
        var restore = (await dialog.GetByText("Not a duplicate").BoundingBoxAsync())!;
        Assert.InRange(restore.Y + restore.Height, 0, Height);
        var stage = dialog.Locator(".stage");
        Task<double[]> PlaceAsync(string side) =>
            stage
                .Locator($".{side} .moving")
                .EvaluateAsync<double[]>(
                    "element => { const { a, e, f } = new DOMMatrix(getComputedStyle(element).transform); return [a, e, f]; }"
                );

        var box = (await stage.Locator(".above").BoundingBoxAsync())!;
        (double x, double y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        var fingers = await Fingers.OnAsync(tab.Page);
        await fingers.MoveAsync([.. Enumerable.Range(0, 7).Select(step => new[] { (x - 10 - (4 * step), y), (x + 10 + (4 * step), y) })]);
        var zoomed = await PlaceAsync("above");
        Assert.InRange(zoomed[0], 2, 5);
        Assert.Equal(zoomed, await PlaceAsync("below"));
        await fingers.MoveAsync([.. Enumerable.Range(0, 5).Select(step => new[] { (x + (4.0 * step), y) })]);
        var moved = await PlaceAsync("above");
        Assert.Equal(zoomed[0], moved[0]);
        Assert.InRange(moved[1] - zoomed[1], 8, 24);
        await tab.KeepScreenshotAsync("touch-compare");

        await dialog.GetByText("Not a duplicate").TapAsync();
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close" }).TapAsync();
        await tab.Link("Search", exact: true).TapAsync();
        await site.Api.UntilAsync("touch/finger-copy.jpg", status => status == "indexed");
    }

    private Task<Tab> OpenAsync(string address) =>
        site.OpenAsync(
            address,
            new BrowserNewContextOptions
            {
                HasTouch = true,
                IsMobile = true,
                ViewportSize = new ViewportSize { Width = Width, Height = Height },
            }
        );
}
