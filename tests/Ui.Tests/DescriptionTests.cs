using Microsoft.Playwright;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>What people say of a picture stands for it on the page, as text.</summary>
public sealed class DescriptionTests(Site site)
{
    [Fact]
    public async Task An_alt_text_is_written_where_an_image_is_looked_at_found_by_its_words_and_shown_as_it_is()
    {
        const string AltText = "Zeppelin over <img src=x onerror=window.hurt=1> fields";
        await site.Api.UploadAndWaitAsync("described/a.jpg", Picture.Scene(9100, 360, 240).Jpeg());
        await using var tab = await site.OpenAsync("/ui?prefix=described/");
        await tab.Tiles.First.ClickAsync();
        await tab.Page.GetByLabel("Alt text").FillAsync(AltText);
        await tab.Page.GetByLabel("Description", new PageGetByLabelOptions { Exact = true }).FillAsync("A quartz airship.");
        await tab.Button("Save what it shows").ClickAsync();
        await tab.Page.GetByText("What it shows is saved.").WaitForAsync();

        await using var found = await site.OpenAsync("/ui?text=quartz+airship&mode=words");
        await Assertions.Expect(found.Tiles).ToHaveCountAsync(1);
        await Assertions.Expect(found.Tiles.First.Locator("img")).ToHaveAttributeAsync("alt", AltText);
        await Assertions.Expect(found.Tiles.First.Locator(".why")).ToContainTextAsync("description");
        await found.Tiles.First.ClickAsync();
        await Assertions.Expect(found.Page.GetByRole(AriaRole.Dialog).GetByAltText(AltText)).ToBeVisibleAsync();
        await Assertions.Expect(found.Page.GetByLabel("Alt text")).ToHaveValueAsync(AltText);
        Assert.True(await found.Page.EvaluateAsync<bool>("window.hurt === undefined"));
        await found.KeepScreenshotAsync("described");
    }

    [Fact]
    public async Task What_describing_took_this_month_is_told_and_what_is_there_can_be_described()
    {
        await using var tab = await site.OpenAsync("/ui/operate");
        var card = tab.Page.Locator(".card", new PageLocatorOptions { HasText = "Described" });
        await Assertions.Expect(card.Locator(".value")).ToHaveTextAsync("0");
        await Assertions.Expect(card).ToContainTextAsync("of 1,000");
        await Assertions
            .Expect(tab.Page.Locator(".card", new PageLocatorOptions { HasText = "Spent on it" }).Locator(".value"))
            .ToHaveTextAsync("$0.00");

        await tab.Page.GetByLabel("What to do").SelectOptionAsync("describe");
        await tab.Page.GetByLabel("Only names that begin with").FillAsync("small/");
        await tab.Button("Estimate").ClickAsync();
        await tab.Page.GetByText("0 to describe").First.WaitForAsync();
    }
}
