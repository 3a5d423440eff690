using System.IO.Compression;
using Microsoft.Playwright;
using Xunit;

namespace Ui.Tests;

/// <summary>Several results at once.</summary>
public sealed class SelectionTests(Site site)
{
    [Fact]
    public async Task A_range_is_downloaded_in_its_folders_and_under_its_names()
    {
        await using var tab = await site.OpenAsync("/ui?prefix=drawings/");
        var boxes = tab.Page.Locator(".pick");
        await Assertions.Expect(boxes).Not.ToHaveCountAsync(0);
        await tab.Tiles.First.HoverAsync();
        await boxes.First.ClickAsync();
        await boxes.Last.ClickAsync(new LocatorClickOptions { Modifiers = [KeyboardModifier.Shift] });
        var count = await boxes.CountAsync();
        await tab.Page.GetByText(count == 1 ? "1 image selected" : $"{count} images selected").WaitForAsync();
        await tab.KeepScreenshotAsync("selection");
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Button("Download").ClickAsync());
        await using var zip = await ZipFile.OpenReadAsync(await download.PathAsync());
        Assert.Equal(
            (await tab.PathsAsync()).Select(path => path["images/".Length..]).Order(StringComparer.Ordinal),
            zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)
        );
        foreach (var entry in zip.Entries)
        {
            var original = await site.Stack.Images.GetBlobClient(entry.FullName).DownloadContentAsync();
            using var bytes = new MemoryStream();
            await using var stream = await entry.OpenAsync();
            await stream.CopyToAsync(bytes);
            Assert.Equal(original.Value.Content.ToArray(), bytes.ToArray());
        }
    }

    [Theory]
    [InlineData("To quarantine", "1 image moved to quarantine.", 931)]
    [InlineData("To the trash", "1 image put in the trash.", 932)]
    public async Task What_is_taken_out_can_be_put_back(string button, string message, int seed)
    {
        var name = $"taken-out-{seed}/one.jpg";
        await site.Api.UploadAndWaitAsync(name, Shared.Picture.Scene(seed).Jpeg());
        await site.ChangesAsync(name);
        await using var tab = await site.OpenAsync($"/ui?prefix=taken-out-{seed}/");
        await Assertions.Expect(tab.Tiles).ToHaveCountAsync(1);
        await tab.Tiles.First.FocusAsync();
        await tab.Page.Keyboard.PressAsync("x");
        await tab.Button(button).ClickAsync();

        // A message stays while the pointer is on it.
        await tab.Page.GetByText(message).HoverAsync();
        await Assertions.Expect(tab.Tiles).ToHaveCountAsync(0);
        await site.Api.UntilAsync(name, status => status == "quarantined");
        await using (var review = await site.OpenAsync($"/ui/review?status={(seed == 931 ? "setAside" : "trashed")}"))
        {
            var id = (await site.Api.GetAsync($"/api/images?path={name}")).GetProperty("id").GetString();
            await review.Page.Locator($".group[data-kept='{id}']").GetByText("Set aside by hand").WaitForAsync();
            await review.KeepScreenshotAsync($"set-aside-{seed}");
        }

        await tab.Button("Undo").ClickAsync();
        await tab.Page.GetByText("1 image put back.").WaitForAsync();
        await site.Api.UntilAsync(name, status => status == "indexed");
        await Assertions.Expect(tab.Tiles).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Keys_select_and_a_tag_is_added_to_those_that_there_are()
    {
        foreach (var (name, seed) in new[] { ("select/one.jpg", 901), ("select/two.jpg", 902) })
        {
            await site.Api.UploadAndWaitAsync(name, Shared.Picture.Scene(seed).Jpeg());
        }

        await using var tab = await site.OpenAsync("/ui?prefix=select/");
        await Assertions.Expect(tab.Tiles).ToHaveCountAsync(2);
        await tab.Tiles.First.FocusAsync();
        await tab.Page.Keyboard.PressAsync("x");
        await tab.Page.GetByText("1 image selected").WaitForAsync();
        await tab.Page.Keyboard.PressAsync("Control+a");
        await tab.Page.GetByText("2 images selected").WaitForAsync();
        await tab.Button("Add a tag…").ClickAsync();
        await tab.Page.GetByLabel("Tag", new PageGetByLabelOptions { Exact = true }).FillAsync("picked");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.GetByText("2 images tagged “picked”.").WaitForAsync();
        foreach (var name in new[] { "select/one.jpg", "select/two.jpg" })
        {
            var record = await site.Api.GetAsync($"/api/images?path={name}");
            Assert.Equal("picked", Assert.Single(record.GetProperty("tags").EnumerateArray()).GetString());
        }

        await tab.Tiles.First.FocusAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(tab.Page.Locator(".selection")).ToBeHiddenAsync();
    }
}
