using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Playwright;
using Shared;
using Xunit;

namespace Ui.Tests;

public sealed class ReviewTests(Site site)
{
    [Theory]
    [InlineData("mouse")]
    [InlineData("keyboard")]
    public async Task A_copy_that_is_called_no_duplicate_goes_back_to_where_it_was(string by)
    {
        var name = await QuarantineAsync($"review/back-{by}");
        await using var tab = await OpenAsync();
        var back = Member(tab, name).GetByText("Not a duplicate");
        var told = tab.Page.GetByText("goes back to where it was").WaitForAsync();
        await PressAsync(tab, back, by);
        await told;
        var record = await site.Api.UntilAsync(name, status => status == "indexed");
        Assert.Equal("lookAlike", record.GetProperty("verdict").GetString());
        await Assertions.Expect(Member(tab, name)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Putting_back_can_be_undone_and_then_nothing_is_sent()
    {
        var name = await QuarantineAsync("review/undone");
        await using var tab = await OpenAsync();
        await tab.HoldTimeAsync(); // Undo is offered for some seconds.
        var sent = new ConcurrentQueue<string>();
        tab.Page.Request += (_, request) => sent.Enqueue($"{request.Method} {request.Url}");
        await Member(tab, name).GetByText("Not a duplicate").ClickAsync();
        await tab.Button("Undo", exact: true).ClickAsync();
        await Assertions.Expect(Member(tab, name)).Not.ToHaveClassAsync(new System.Text.RegularExpressions.Regex("leaving"));
        await tab.Link("Search", exact: true).ClickAsync();
        await tab.Tiles.First.WaitForAsync();
        Assert.DoesNotContain(sent, request => request.StartsWith("POST", StringComparison.Ordinal));
        await site.Api.UntilAsync(name, status => status == "quarantined");
    }

    [Theory]
    [InlineData("mouse")]
    [InlineData("keyboard")]
    public async Task What_is_deleted_waits_in_the_trash_and_deleting_for_good_asks_first(string by)
    {
        var name = await QuarantineAsync($"review/gone-{by}");
        await using var tab = await OpenAsync();
        await PressAsync(tab, tab.Button($"To the trash: {Path.GetFileName(name)}"), by);
        await tab.Page.GetByText("is in the trash, to be deleted after").WaitForAsync();
        await Assertions.Expect(Member(tab, name)).ToHaveCountAsync(0);
        await site.Api.UntilAsync(name, status => status == "quarantined");

        await tab.Page.GetByRole(AriaRole.Combobox, new PageGetByRoleOptions { Name = "Show" }).SelectOptionAsync("trashed");
        var delete = tab.Button($"Delete for good…: {Path.GetFileName(name)}");
        await PressAsync(tab, delete, by);
        await tab.Button("Keep", exact: true).ClickAsync();
        await site.Api.UntilAsync(name, status => status == "quarantined");

        await PressAsync(tab, delete, by);
        await PressAsync(tab, tab.Button("Delete for good", exact: true), by);
        await site.Api.UntilAsync(name, status => status == "unknown");
        await Assertions.Expect(Member(tab, name)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Several_are_put_back_at_once()
    {
        string[] names =
        [
            await QuarantineAsync("review/many-1"),
            await QuarantineAsync("review/many-2"),
            await QuarantineAsync("review/many-3"),
        ];
        await using var tab = await OpenAsync();
        foreach (var name in names)
        {
            await Member(tab, name).GetByRole(AriaRole.Checkbox).CheckAsync();
        }

        await tab.Page.GetByText("3 images selected").WaitForAsync();
        var told = tab.Page.GetByText("3 images go back").WaitForAsync();
        await tab.Button("Not duplicates: put back").ClickAsync();
        await told;

        // Who leaves the view does not change their mind any more.
        await tab.Link("Search", exact: true).ClickAsync();
        await Task.WhenAll(names.Select(name => site.Api.UntilAsync(name, status => status == "indexed")));
    }

    [Fact]
    public async Task Two_pictures_are_compared_by_slider_by_blinking_and_side_by_side_with_the_evidence()
    {
        await using var tab = await OpenAsync();
        await Member(tab, "small/butterfly.jpg").GetByText("Compare", new LocatorGetByTextOptions { Exact = true }).ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        var stage = dialog.Locator(".stage");
        await dialog.GetByText("every detail agrees").WaitForAsync();
        await dialog.GetByText("of 64 bits differ").WaitForAsync();
        await dialog.GetByText("Both show the same picture.").WaitForAsync();
        await dialog.GetByLabel("Slider").CheckAsync();
        Task<string> ClipAsync() => stage.Locator(".above").EvaluateAsync<string>("element => getComputedStyle(element).clipPath");

        var half = await ClipAsync();
        await dialog.GetByRole(AriaRole.Slider).FocusAsync();
        await tab.Page.Keyboard.PressAsync("Home");
        Assert.NotEqual(half, await ClipAsync());
        await tab.KeepScreenshotAsync("compare");

        await dialog.GetByLabel("Flicker").CheckAsync();
        await Assertions.Expect(stage).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("flipped"));
        await tab.Button("Stop", exact: true).ClickAsync();
        await tab.Button("Switch pictures").ClickAsync();

        await dialog.GetByLabel("Side by side").CheckAsync();
        var boxes = await Task.WhenAll(stage.Locator(".below img").BoundingBoxAsync(), stage.Locator(".above img").BoundingBoxAsync());
        Assert.True(boxes[0]!.X + boxes[0]!.Width <= boxes[1]!.X);
        await tab.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Where_two_pictures_differ_is_outlined_in_both()
    {
        var scene = Picture.Photo("home");
        await site.Api.UploadAndWaitAsync("review/with.jpg", scene.Jpeg(92));
        await site.Api.UploadAndWaitAsync("review/with-a-disc.jpg", scene.WithDisc(0.5, 0.3, 0.012).Jpeg(92));
        var record = await site.Api.UntilAsync("review/with-a-disc.jpg", status => status == "indexed");
        var place = Assert.Single(record.GetProperty("evidence").GetProperty("differences").EnumerateArray());
        await using var tab = await site.OpenAsync("/ui/review?sort=date&status=lookAlike");
        await Member(tab, "review/with-a-disc.jpg").GetByText("Compare", new LocatorGetByTextOptions { Exact = true }).ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText(record.GetProperty("evidence").GetProperty("sentence").GetString()!).First.WaitForAsync();
        await dialog.GetByLabel("Side by side").CheckAsync();
        foreach (var (side, figure) in new[] { ("A", "above"), ("B", "below") })
        {
            var picture = (await dialog.Locator($".{figure} svg").BoundingBoxAsync())!;
            var outline = (await dialog.Locator($".{figure} rect:not(.halo)").BoundingBoxAsync())!;
            var scale = Math.Min(
                picture.Width / record.GetProperty("width").GetInt32(),
                picture.Height / record.GetProperty("height").GetInt32()
            );
            var left = picture.X + ((picture.Width - (record.GetProperty("width").GetInt32() * scale)) / 2);
            var middle =
                left
                + (
                    record.GetProperty("width").GetInt32()
                    * scale
                    * (place.GetProperty($"left{side}").GetDouble() + (place.GetProperty($"width{side}").GetDouble() / 2))
                );
            Assert.InRange(outline.X + (outline.Width / 2), middle - 3, middle + 3);
        }

        await tab.KeepScreenshotAsync("differences");
        await dialog.GetByLabel("Outline the difference").UncheckAsync();
        await Assertions.Expect(dialog.Locator(".above svg")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Reduced_motion_does_not_blink_by_itself()
    {
        await using var tab = await site.OpenAsync("/ui/review", new BrowserNewContextOptions { ReducedMotion = ReducedMotion.Reduce });
        await Member(tab, "small/fruits.jpg").GetByText("Compare", new LocatorGetByTextOptions { Exact = true }).ClickAsync();
        await tab.Page.GetByLabel("Flicker").CheckAsync();
        await tab.Button("Start", exact: true).WaitForAsync();
    }

    [Fact]
    public async Task The_order_is_in_the_address_and_the_groups_are_those_of_the_api()
    {
        await using var tab = await OpenAsync();
        await tab.Page.GetByLabel("Order").SelectOptionAsync("size");
        await Assertions.Expect(tab.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/ui/review\?sort=size$"));
        var groups = await site.Api.GetAsync("/api/duplicates?sort=size&status=quarantined&top=1");
        var kept = groups.GetProperty("groups")[0].GetProperty("kept").GetProperty("path").GetString();
        await Assertions.Expect(tab.Page.Locator(".group .kept .name").First).ToHaveAttributeAsync("title", kept!);
        await tab.KeepScreenshotAsync("review");
    }

    [Fact]
    public async Task What_another_threshold_would_do_is_told_from_the_stored_scores()
    {
        await using var tab = await OpenAsync();
        await tab.Button("What if…").ClickAsync();
        await tab.Page.GetByText("No verdict would change.").WaitForAsync();
        var slider = tab.Page.GetByRole(AriaRole.Slider, new PageGetByRoleOptions { Name = "Threshold" });
        var response = await tab.Page.RunAndWaitForResponseAsync(
            () => slider.FillAsync("1"),
            response => response.Url.Contains("/what-if?threshold=1&", StringComparison.Ordinal)
        );
        var reply = (await response.JsonAsync())!.Value;
        await tab
            .Page.GetByText(
                $"Of {reply.GetProperty("scored").GetInt32()} images with a stored score, {reply.GetProperty("quarantined").GetInt32()} would be"
            )
            .WaitForAsync();
        await Assertions
            .Expect(tab.Page.Locator(".examples li"))
            .ToHaveCountAsync(reply.GetProperty("addedExamples").GetArrayLength() + reply.GetProperty("releasedExamples").GetArrayLength());
    }

    [Fact]
    public async Task Keys_alone_decide_and_undo_in_list_and_comparison()
    {
        var (swapped, back, trashed) = (
            await QuarantineAsync("review/key-swap"),
            await QuarantineAsync("review/key-back"),
            await QuarantineAsync("review/key-trash")
        );
        await using var tab = await OpenAsync();
        var keys = tab.Page.Keyboard;

        await DownToAsync(tab, trashed);
        await tab.Page.GetByText(new System.Text.RegularExpressions.Regex(@"^\d+ of \d+$")).WaitForAsync();
        await keys.PressAsync("d");
        await tab.Page.GetByText("is in the trash").WaitForAsync();
        await Assertions.Expect(Member(tab, trashed)).ToHaveCountAsync(0);
        await keys.PressAsync("z");
        await Assertions.Expect(Member(tab, trashed)).ToHaveCountAsync(1);

        await Member(tab, back).GetByRole(AriaRole.Button).First.FocusAsync();
        await tab.HoldTimeAsync(); // Undo is offered for some seconds, and afterwards it moves the picture again.
        await keys.PressAsync("r");
        await tab.Page.GetByText("goes back to where it was").WaitForAsync();
        await tab.Page.Clock.FastForwardAsync(7000);
        await site.Api.UntilAsync(back, status => status == "indexed");
        await keys.PressAsync("z");
        await site.Api.UntilAsync(back, status => status == "quarantined");
        await Assertions.Expect(Member(tab, back)).ToHaveCountAsync(1);

        await Member(tab, swapped).GetByRole(AriaRole.Button).First.FocusAsync();
        await keys.PressAsync("Enter");
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await dialog.Locator(".stage").WaitForAsync();
        await keys.PressAsync("s");
        await site.Api.UntilAsync(swapped, status => status == "indexed");
        await site.Api.UntilAsync("review/key-swap-original.jpg", status => status == "quarantined");
        await tab.Page.GetByText("is kept instead").WaitForAsync();
        await keys.PressAsync("z");
        await site.Api.UntilAsync(swapped, status => status == "quarantined");
        await site.Api.UntilAsync("review/key-swap-original.jpg", status => status == "indexed");
        await keys.PressAsync("Escape");
        await keys.PressAsync("?");
        await dialog.GetByText("Keep this one instead").WaitForAsync();
    }

    [Fact]
    public async Task The_better_one_in_quarantine_is_marked_and_deleting_it_warns_in_numbers()
    {
        var scene = Picture.Scene(4711, 400, 300);
        await site.Api.UploadAndWaitAsync("review/worse.jpg", scene.Jpeg(80));
        await site.Api.UploadAndWaitAsync("review/better.jpg", scene.Jpeg(95));
        await site.Api.UntilAsync("review/better.jpg", status => status == "quarantined");
        await site.ChangesAsync("review/worse.jpg");
        await site.ChangesAsync("review/better.jpg");
        await using var tab = await OpenAsync();
        var member = Member(tab, "review/better.jpg");
        await member.GetByText("less compressed,").WaitForAsync();
        await tab.Button("To the trash: better.jpg").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Dialog).GetByText("better than what was kept: less compressed").WaitForAsync();
        await tab.Button("Keep", exact: true).ClickAsync();
        await member.GetByText("Keep this one instead").ClickAsync();
        await site.Api.UntilAsync("review/better.jpg", status => status == "indexed");
        await site.Api.UntilAsync("review/worse.jpg", status => status == "quarantined");
    }

    [Fact]
    public async Task Both_pictures_are_zoomed_and_moved_together()
    {
        await using var tab = await OpenAsync();
        await Member(tab, "small/butterfly.jpg").GetByText("Compare", new LocatorGetByTextOptions { Exact = true }).ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        Task<string> PlaceAsync(string side) =>
            dialog.Locator($".{side} .moving").EvaluateAsync<string>("element => getComputedStyle(element).transform");
        await tab.Page.Keyboard.PressAsync("+");
        await tab.Page.Keyboard.PressAsync("+");
        await tab.Page.Keyboard.PressAsync("ArrowLeft");
        var place = await PlaceAsync("below");
        Assert.StartsWith("matrix(1.5625, 0, 0, 1.5625, 60", place, StringComparison.Ordinal);
        Assert.Equal(place, await PlaceAsync("above"));
        await tab.Page.Keyboard.PressAsync("1");
        await dialog.GetByText("100%").WaitForAsync();
        await dialog.GetByLabel("Difference").CheckAsync();
        Assert.Equal(
            "difference",
            await dialog.Locator(".above .moving").EvaluateAsync<string>("element => getComputedStyle(element).mixBlendMode")
        );
        await tab.KeepScreenshotAsync("difference");
    }

    [Fact]
    public async Task The_doubtful_come_first_on_request()
    {
        await using var tab = await OpenAsync();
        await tab.Page.GetByLabel("Order").SelectOptionAsync("doubtful");
        await Assertions.Expect(tab.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("sort=doubtful"));
        await tab.Page.Locator(".member .score .number").First.WaitForAsync();
        var scores = await tab
            .Page.Locator(".group")
            .EvaluateAllAsync<double[]>(
                "groups => groups.map((group) => Math.min(...[...group.querySelectorAll('.member .score "
                    + ".number')].map((score) => Number(score.textContent))))"
            );
        Assert.True(scores.Length > 1);
        Assert.Equal(scores.Order(), scores);
    }

    private async Task<Tab> OpenAsync()
    {
        var tab = await site.OpenAsync("/ui/review?sort=date");
        await tab.Page.Locator(".member").First.WaitForAsync();
        return tab;
    }

    /// <summary>A picture of its own and a smaller copy of it, which goes to quarantine.</summary>
    private async Task<string> QuarantineAsync(string name)
    {
        var picture = Picture.Scene(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(name))), 400, 300);
        await site.Api.UploadAndWaitAsync($"{name}-original.jpg", picture.Jpeg());
        await site.Api.UploadAndWaitAsync($"{name}.jpg", picture.Resized(0.7).Jpeg());
        await site.Api.UntilAsync($"{name}.jpg", status => status == "quarantined");
        await site.ChangesAsync($"{name}.jpg");
        await site.ChangesAsync($"{name}-original.jpg");
        return $"{name}.jpg";
    }

    private static ILocator Member(Tab tab, string name) =>
        tab.Page.Locator(
            ".member",
            new PageLocatorOptions { Has = tab.Page.GetByTitle($"images/{name}", new PageGetByTitleOptions { Exact = true }) }
        );

    /// <summary>Goes down the list until the member has the focus. Other tests decide meanwhile, so it may stand anywhere.</summary>
    private static async Task DownToAsync(Tab tab, string name)
    {
        await Member(tab, name).WaitForAsync();
        while (await Member(tab, name).Locator(":focus").CountAsync() == 0)
        {
            await tab.Page.Keyboard.PressAsync("ArrowDown");
        }
    }

    private static async Task PressAsync(Tab tab, ILocator target, string by)
    {
        if (by == "mouse")
        {
            await target.ClickAsync();
            return;
        }

        await tab.TabToAsync(target);
        await tab.Page.Keyboard.PressAsync("Enter");
    }
}
