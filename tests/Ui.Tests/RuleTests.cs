using Microsoft.Playwright;
using Shared;
using Xunit;

namespace Ui.Tests;

public sealed class RuleTests(Site site)
{
    [Theory]
    [InlineData("mouse")]
    [InlineData("keyboard")]
    public async Task A_rule_is_previewed_with_pictures_applied_to_all_it_finds_and_undone(string by)
    {
        var folder = $"rules-{by}";
        foreach (var seed in new[] { 1, 2 })
        {
            var scene = Picture.Scene((by == "mouse" ? 8100 : 8200) + seed, 400, 300);
            await site.Api.UploadAndWaitAsync($"{folder}/worse-{seed}.jpg", scene.Jpeg(80));
            await site.Api.UploadAndWaitAsync($"{folder}/better-{seed}.jpg", scene.Jpeg(seed == 1 ? 95 : 60));
            await site.Api.UntilAsync($"{folder}/better-{seed}.jpg", status => status == "quarantined");
            await site.ChangesAsync($"{folder}/worse-{seed}.jpg");
            await site.ChangesAsync($"{folder}/better-{seed}.jpg");
        }

        await using var tab = await site.OpenAsync("/ui/review?sort=date");
        await PressAsync(tab, tab.Button("Apply a rule…"), by);
        await tab.Page.GetByLabel("Other one is under").FillAsync($"{folder}/");
        await Choice(tab, "First").SelectOptionAsync("heavier");
        await PressAsync(tab, tab.Button("Preview"), by);
        await tab.Page.GetByText("2 pairs in 2 groups.").WaitForAsync();
        await tab.Page.GetByText("1 pair would change: 1 image kept instead.").WaitForAsync();
        await tab.Page.GetByText("“better-1.jpg” is kept instead. Decided by “More bytes”.").WaitForAsync();
        await Assertions.Expect(tab.Page.Locator(".rule-pair img.loaded")).ToHaveCountAsync(4);
        await tab.KeepScreenshotAsync($"rule-{by}");

        await PressAsync(tab, tab.Button("Apply to 1 pair"), by);
        await site.Api.UntilAsync($"{folder}/better-1.jpg", status => status == "indexed");
        await site.Api.UntilAsync($"{folder}/worse-1.jpg", status => status == "quarantined");
        await tab.Page.GetByText("1 pair decided by the rule.").WaitForAsync();
        await UndoAsync(tab, by);
        await site.Api.UntilAsync($"{folder}/better-1.jpg", status => status == "quarantined");
        await site.Api.UntilAsync($"{folder}/worse-1.jpg", status => status == "indexed");
        await tab.Page.GetByText("1 pair undone.").WaitForAsync();
    }

    [Fact]
    public async Task A_run_can_be_undone_after_the_page_was_closed_and_putting_in_the_trash_asks_first()
    {
        var scene = Picture.Scene(8301, 400, 300);
        await site.Api.UploadAndWaitAsync("rules-trash/kept.jpg", scene.Jpeg(90));
        await site.Api.UploadAndWaitAsync("rules-trash/copy.jpg", scene.Jpeg(80));
        await site.Api.UntilAsync("rules-trash/copy.jpg", status => status == "quarantined");
        await site.ChangesAsync("rules-trash/copy.jpg");
        await using (var tab = await OpenAsync())
        {
            await tab.Page.GetByLabel("Kept one is under").FillAsync("rules-trash/");
            await Choice(tab, "First").SelectOptionAsync("kept");
            await Choice(tab, "Action").SelectOptionAsync("trash");
            await tab.Button("Preview").ClickAsync();
            await tab.Button("Apply to 1 pair").ClickAsync();
            await tab.Button("Keep", exact: true).ClickAsync();
            await tab.Button("Apply to 1 pair").ClickAsync();
            await tab.Button("Put in the trash").ClickAsync();
            await tab.Page.GetByText("1 pair decided by the rule.").WaitForAsync();
        }

        Assert.NotNull((await RecordAsync()).GetProperty("trashedAt").GetString());
        await using var later = await OpenAsync();
        await later.Button("Undo all of it").First.ClickAsync();
        await later.Page.GetByText("1 pair undone.").WaitForAsync();
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await RecordAsync()).GetProperty("trashedAt").ValueKind);
    }

    /// <summary>By the message while it is there, or by its key at any time.</summary>
    private static Task UndoAsync(Tab tab, string by) =>
        by == "mouse"
            ? tab.Page.Locator(".toast").GetByText("Undo", new LocatorGetByTextOptions { Exact = true }).ClickAsync()
            : tab.Page.Keyboard.PressAsync("z");

    private async Task<Tab> OpenAsync()
    {
        var tab = await site.OpenAsync("/ui/review?sort=date");
        await tab.Button("Apply a rule…").ClickAsync();
        return tab;
    }

    private static ILocator Choice(Tab tab, string name) =>
        tab.Page.GetByRole(AriaRole.Combobox, new PageGetByRoleOptions { Name = name, Exact = true });

    private async Task<System.Text.Json.JsonElement> RecordAsync() =>
        await site.Api.UntilAsync("rules-trash/copy.jpg", status => status == "quarantined");

    private static async Task PressAsync(Tab tab, ILocator target, string by)
    {
        if (by == "mouse")
        {
            await target.ClickAsync();
            return;
        }

        await target.WaitForAsync();
        await tab.TabToAsync(target);
        await tab.Page.Keyboard.PressAsync("Enter");
    }
}
