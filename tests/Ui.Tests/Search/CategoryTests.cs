using Microsoft.Playwright;
using Xunit;

namespace Ui.Tests;

/// <summary>The team's own categories on the page: made beside what would belong to them, counted, and refused for an image.</summary>
public sealed class CategoryTests(Site site)
{
    [Fact]
    public async Task A_category_is_made_from_words_and_what_it_means_is_seen_before()
    {
        await using var tab = await site.OpenAsync("/ui?prefix=drawings/");
        await tab.Tiles.First.WaitForAsync();
        await tab.Button("Narrow").ClickAsync();
        await tab.Button("Own categories…").ClickAsync();
        await tab.Button("New category").ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "New category" });
        await dialog.Locator("#category-name").FillAsync("Discs & <b>rounds");
        await dialog.GetByLabel("What belongs to it").FillAsync("a red disc");
        await dialog.GetByRole(AriaRole.Region, new LocatorGetByRoleOptions { Name = "Surest" }).WaitForAsync();
        await Assertions.Expect(dialog.Locator("#category-count")).ToContainTextAsync("image");

        // Everything belongs at the lowest threshold, and nothing that the service refuses is saved.
        await dialog.GetByLabel("How sure it must be").PressAsync("Home");
        await Assertions
            .Expect(dialog.GetByRole(AriaRole.Region, new LocatorGetByRoleOptions { Name = "Just outside" }))
            .ToHaveCountAsync(0);
        tab.ExpectsRefusals = true;
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Save" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Alert).GetByText("is not a name of a category").WaitForAsync();
        await dialog.Locator("#category-name").FillAsync("Discs & rounds");
        await tab.KeepScreenshotAsync("category");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Save" }).ClickAsync();
        var facet = tab.Page.Locator("[data-facet='categories=Discs & rounds']");
        await facet.WaitForAsync();
        await facet.ClickAsync();
        await tab.Button("Remove “Own categories: Discs & rounds”").WaitForAsync();

        // Refused for one image, and taken back.
        await tab.Tiles.First.ClickAsync();
        await tab.Button("Not this: Discs & rounds").ClickAsync();
        await tab.Button("Undo: not “Discs & rounds”").WaitForAsync();
        await tab.KeepScreenshotAsync("not-this");
        await tab.Button("Undo: not “Discs & rounds”").ClickAsync();
        await tab.Button("Not this: Discs & rounds").WaitForAsync();
        await tab.Button("Close", exact: true).ClickAsync();

        await tab.Button("Own categories…").ClickAsync();
        await tab.Button("Delete “Discs & rounds”").ClickAsync();
        await tab.Button("Delete", exact: true).ClickAsync();
        await tab.Page.GetByText("There are none yet.").WaitForAsync();
    }

    [Fact]
    public async Task Selected_images_are_the_examples_of_a_category()
    {
        await using var tab = await site.OpenAsync("/ui?prefix=drawings/");
        await tab.Tiles.First.WaitForAsync();
        await tab.Page.Locator(".pick").First.CheckAsync();
        await tab.Button("Make a category…").ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "New category" });
        await dialog.GetByText("1 of at most 16 examples").WaitForAsync();
        await dialog.GetByRole(AriaRole.Region, new LocatorGetByRoleOptions { Name = "Surest" }).WaitForAsync();
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }
}
