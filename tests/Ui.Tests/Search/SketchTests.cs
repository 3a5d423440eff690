using Microsoft.Playwright;
using Shared;
using Xunit;

namespace Ui.Tests;

public sealed class SketchTests(Site site)
{
    [Fact]
    public async Task A_drawing_is_found_by_a_sketch_of_it_and_the_address_holds_the_sketch()
    {
        await using var tab = await site.OpenAsync("/ui");
        await tab.Button("Sketch").ClickAsync();
        await tab.Page.GetByTitle("red", new PageGetByTitleOptions { Exact = true }).ClickAsync();
        await tab.Page.GetByLabel("Width").FillAsync("3");
        await DrawDiscAsync(tab);
        await tab.ResultsAsync();
        Assert.Contains("images/drawings/red-disc.png", (await tab.CollectionPathsAsync()).Take(3));
        Assert.Contains("#sketch=", tab.Page.Url, StringComparison.Ordinal);
        await tab.KeepScreenshotAsync("sketch");

        await using var shared = await site.OpenAsync(tab.Page.Url);
        await shared.ResultsAsync();
        Assert.Equal((await tab.CollectionPathsAsync()).Take(5), (await shared.CollectionPathsAsync()).Take(5));
    }

    [Fact]
    public async Task Undo_takes_the_last_stroke_back_and_the_eraser_makes_white()
    {
        await using var tab = await site.OpenAsync("/ui");
        await tab.Button("Sketch").ClickAsync();
        var canvas = tab.Page.GetByLabel("Sketch", new PageGetByLabelOptions { Exact = true });
        var empty = await InkAsync(canvas);
        Assert.Equal(0, empty);

        await StrokeAsync(tab, (40, 40), (200, 40));
        var one = await InkAsync(canvas);
        await StrokeAsync(tab, (40, 120), (200, 120));
        Assert.True(await InkAsync(canvas) > one);
        await tab.Button("Undo").ClickAsync();
        Assert.Equal(one, await InkAsync(canvas));

        await tab.Page.GetByTitle("eraser", new PageGetByTitleOptions { Exact = true }).ClickAsync();
        await StrokeAsync(tab, (40, 40), (120, 40));
        Assert.True(await InkAsync(canvas) < one);
        await tab.Button("Clear").ClickAsync();
        Assert.Equal(0, await InkAsync(canvas));
        await Assertions.Expect(tab.Button("Undo")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task A_sketch_can_be_drawn_and_searched_with_the_keyboard_alone()
    {
        await using var tab = await site.OpenAsync("/ui");
        await tab.Tiles.First.WaitForAsync();
        await tab.TabToAsync(tab.Button("Sketch"));
        await tab.Page.Keyboard.PressAsync("Enter");
        var canvas = tab.Page.GetByLabel("Sketch", new PageGetByLabelOptions { Exact = true });
        await Assertions.Expect(canvas).ToBeFocusedAsync();

        await tab.Page.Keyboard.PressAsync("Space");
        foreach (var key in new[] { "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp" })
        {
            for (var press = 0; press < 3; press++)
            {
                await tab.Page.Keyboard.PressAsync($"Shift+{key}");
            }
        }

        Assert.DoesNotContain("#sketch=", tab.Page.Url, StringComparison.Ordinal);
        await tab.Page.Keyboard.PressAsync("Space");
        await tab.ResultsAsync();
        Assert.Contains("#sketch=", tab.Page.Url, StringComparison.Ordinal);
        Assert.True(await InkAsync(canvas) > 0);

        await tab.Page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(tab.Page.Locator(".tile .score")).ToHaveCountAsync(0);
        Assert.Equal(0, await InkAsync(canvas));
    }

    [Theory]
    [InlineData("line", 20), InlineData("rectangle", 60), InlineData("ellipse", 50)]
    public async Task A_shape_goes_from_where_the_pen_was_put_down_to_where_it_is_lifted(string shape, int least)
    {
        await using var tab = await site.OpenAsync("/ui");
        await tab.Button("Sketch").ClickAsync();
        await tab.Page.GetByLabel("Shape").SelectOptionAsync(shape);
        var canvas = tab.Page.GetByLabel("Sketch", new PageGetByLabelOptions { Exact = true });
        await StrokeAsync(tab, (40, 40), (90, 200), (200, 60), (200, 120));

        Assert.Contains("#sketch=", tab.Page.Url, StringComparison.Ordinal);
        Assert.InRange(await InkAsync(canvas), least * 100, 30_000);
        Assert.True(await IsInkAsync(canvas, 200, 120) == (shape != "ellipse"), "Only an ellipse leaves out its corners.");
        Assert.False(await IsInkAsync(canvas, 90, 200), "The way of the pen is no part of a shape.");

        // By keyboard: down, three steps, up.
        await tab.Button("Clear").ClickAsync();
        await canvas.FocusAsync();
        foreach (var key in new[] { "Space", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown", "Space" })
        {
            await tab.Page.Keyboard.PressAsync(key);
        }

        Assert.True(await InkAsync(canvas) > 0);
    }

    [Fact]
    public async Task A_photo_can_be_drawn_on_and_words_beside_it_are_weighed()
    {
        await using var tab = await site.OpenAsync("/ui");
        await tab.Button("Sketch").ClickAsync();
        await Assertions.Expect(tab.Page.GetByLabel("Weight of the words")).ToBeHiddenAsync();
        await tab.Page.SetInputFilesAsync("#sketchpad input[type=file]", Picture.PhotoFile("home"));
        var canvas = tab.Page.GetByLabel("Sketch", new PageGetByLabelOptions { Exact = true });
        await tab.Page.WaitForURLAsync(url => url.Contains("#picture=", StringComparison.Ordinal));
        await tab.ResultsAsync();
        var photo = await InkAsync(canvas);
        Assert.True(photo > 20_000, $"{photo} pixels of the photo are on the pad.");

        var before = tab.Page.Url;
        await StrokeUntilAsync(tab, url => url != before && url.Contains("#picture=", StringComparison.Ordinal));
        await tab.Page.GetByLabel("Words that describe the picture").FillAsync("house");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.GetByLabel("Weight of the words").FillAsync("0.3");
        await tab.Page.WaitForURLAsync(url => url.Contains("wtext=0.3", StringComparison.Ordinal));
        Assert.Contains("#picture=", tab.Page.Url, StringComparison.Ordinal);

        await tab.Button("Clear").ClickAsync();
        await tab.Page.WaitForURLAsync(url => !url.Contains("#picture=", StringComparison.Ordinal));
        Assert.Equal(0, await InkAsync(canvas));
    }

    private static Task<bool> IsInkAsync(ILocator canvas, int x, int y) =>
        canvas.EvaluateAsync<bool>(
            "(canvas, [x, y]) => canvas.getContext('2d').getImageData(x * 2, y * 2, 1, 1).data[0] < 200",
            new[] { x, y }
        );

    /// <summary>The share of the canvas that is not white, in pixels of it.</summary>
    private static Task<int> InkAsync(ILocator canvas) =>
        canvas.EvaluateAsync<int>(
            """
            canvas => {
              const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              let ink = 0;
              for (let at = 0; at < data.length; at += 4) if (data[at] + data[at + 1] + data[at + 2] < 740) ink++;
              return ink;
            }
            """
        );

    private static async Task DrawDiscAsync(Tab tab)
    {
        var points = new List<(float X, float Y)>();
        for (var radius = 60.0; radius > 0; radius -= 15)
        {
            points.AddRange(
                Enumerable
                    .Range(0, 25)
                    .Select(step =>
                        ((float)(128 + (radius * Math.Cos(step * Math.PI / 12))), (float)(128 + (radius * Math.Sin(step * Math.PI / 12))))
                    )
            );
        }

        await StrokeAsync(tab, [.. points]);
    }

    /// <summary>
    /// Draws a line, and another one where nothing came of it for half a minute: a browser on a very busy machine was seen to lose one, and
    /// a person draws again.
    /// </summary>
    private static async Task StrokeUntilAsync(Tab tab, Func<string, bool> isRight)
    {
        for (var y = 128; y < 250; y += 8)
        {
            await StrokeAsync(tab, (10, y), (240, y));
            try
            {
                await tab.Page.WaitForURLAsync(isRight, new PageWaitForURLOptions { Timeout = 30_000 });
                return;
            }
            catch (TimeoutException)
            {
                // The next one.
            }
        }

        Assert.Fail("No line becomes a query.");
    }

    /// <param name="tab">Where.</param>
    /// <param name="points">In the units of a sketch, 256 to a side.</param>
    private static async Task StrokeAsync(Tab tab, params (float X, float Y)[] points)
    {
        var box = (await tab.Page.GetByLabel("Sketch", new PageGetByLabelOptions { Exact = true }).BoundingBoxAsync())!;
        var scale = box.Width / 256;
        await tab.Page.Mouse.MoveAsync(box.X + (points[0].X * scale), box.Y + (points[0].Y * scale));
        await tab.Page.Mouse.DownAsync();
        foreach (var (x, y) in points.Skip(1))
        {
            await tab.Page.Mouse.MoveAsync(box.X + (x * scale), box.Y + (y * scale));
        }

        await tab.Page.Mouse.UpAsync();
    }
}
