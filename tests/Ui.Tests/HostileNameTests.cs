using Microsoft.Playwright;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>Names that come from outside are shown as they are, and do nothing.</summary>
public sealed class HostileNameTests(Site site)
{
    private static readonly string[] Names =
    [
        "<img src=x onerror=window.hurt=1>.jpg",
        "\"><script>window.hurt=1</script>'.jpg",
        "javascript:window.hurt=1;%0A{{7*7}}${7*7}.jpg",
        "ünïcödé-写真-🌅-‮gpj.exe.jpg",
        $"{new string('w', 230)}.jpg",
    ];

    public static TheoryData<string> Hostile { get; } = new(Names);

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_name_is_uploaded_found_reviewed_and_shown_as_it_is(string name)
    {
        var picture = Picture.Scene(8000 + Array.IndexOf(Names, name), 420, 320);
        await using var tab = await site.OpenAsync("/ui/upload");
        await tab.Page.GetByLabel("Store them in the folder").FillAsync("hostile");
        await Files.GiveAsync(tab.Page, "drop", (name, "image/jpeg", picture.Jpeg()));
        await tab.Page.GetByText("1 of 1 file done: 1 image indexed.").WaitForAsync();
        await Files.GiveAsync(tab.Page, "drop", ($"copy of {name}", "image/jpeg", picture.Resized(0.7).Jpeg()));
        await tab.Page.GetByText("2 of 2 files done: 1 image indexed, 1 copy in quarantine.").WaitForAsync();
        Assert.Equal([$"hostile/copy of {name}", $"hostile/{name}"], await tab.Page.Locator(".upload-name").AllTextContentsAsync());

        await tab.Page.Locator(".upload-row").Last.GetByText("Show").ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.Locator("h2")).ToHaveTextAsync(name[(name.LastIndexOf('/') + 1)..]);
        await Assertions.Expect(dialog.Locator(".path")).ToHaveTextAsync($"images/hostile/{name}");
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.ResultsAsync();
        Assert.Equal($"images/hostile/{name}", (await tab.PathsAsync())[0]);

        await tab.Link("Review", exact: true).ClickAsync();
        await tab.Page.GetByLabel("Order").SelectOptionAsync("date");
        var member = tab.Page.Locator(
            ".member",
            new PageLocatorOptions
            {
                Has = tab.Page.GetByTitle($"images/hostile/copy of {name}", new PageGetByTitleOptions { Exact = true }),
            }
        );
        await member.GetByText("Compare", new LocatorGetByTextOptions { Exact = true }).ClickAsync();
        await Assertions
            .Expect(
                tab.Page.GetByRole(AriaRole.Dialog)
                    .Locator("td")
                    .Filter(new LocatorFilterOptions { HasText = $"images/hostile/{name}" })
                    .First
            )
            .ToBeVisibleAsync();
        await tab.KeepScreenshotAsync($"hostile-{Array.IndexOf(Names, name)}");
        Assert.False(await tab.Page.EvaluateAsync<bool>("'hurt' in window"));
    }

    [Fact]
    public async Task Words_and_filters_of_an_address_are_shown_as_they_are()
    {
        await using var tab = await site.OpenAsync($"/ui?text={Uri.EscapeDataString(Names[0])}&not={Uri.EscapeDataString(Names[1])}");
        await tab.ResultsAsync();
        await Assertions.Expect(tab.Words).ToHaveValueAsync(Names[0]);
        await Assertions.Expect(tab.Page.Locator(".chip > span")).ToHaveTextAsync($"not: {Names[1]}");
        Assert.False(await tab.Page.EvaluateAsync<bool>("'hurt' in window"));
    }
}
