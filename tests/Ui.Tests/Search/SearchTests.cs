using System.Text.Json;
using Microsoft.Playwright;
using Shared;
using Xunit;

namespace Ui.Tests;

public sealed class SearchTests(Site site)
{
    [Theory]
    [InlineData("mouse")]
    [InlineData("keyboard")]
    public async Task Words_find_what_the_api_finds_in_its_order_and_are_in_the_address(string by)
    {
        await using var tab = await site.OpenAsync("/ui");
        await tab.Tiles.First.WaitForAsync();
        if (by == "mouse")
        {
            await tab.Words.FillAsync("red circle");
            await tab.Button("Search", exact: true).ClickAsync();
        }
        else
        {
            await tab.Page.Keyboard.PressAsync("/");
            await tab.Page.Keyboard.TypeAsync("red circle");
            await tab.Page.Keyboard.PressAsync("Enter");
        }

        await tab.ResultsAsync();
        Assert.EndsWith("/ui?text=red+circle", tab.Page.Url, StringComparison.Ordinal);
        var expected = (await site.Api.GetAsync("/api/search?text=red+circle&top=120"))
            .GetProperty("results")
            .EnumerateArray()
            .Where(result => Collection.Holds(result.GetProperty("path").GetString()!))
            .Take(10)
            .ToList();
        var shown = await tab.CollectionPathsAsync();
        Assert.Equal(expected.Select(result => result.GetProperty("path").GetString()), shown.Take(10));
        var number = await tab.Page.GetByTitle(shown[0], new PageGetByTitleOptions { Exact = true }).Locator(".number").TextContentAsync();
        Assert.Equal(
            expected[0].GetProperty("similarity").GetDouble().ToString("0.000", System.Globalization.CultureInfo.InvariantCulture),
            number
        );
        await tab.KeepScreenshotAsync($"search-{by}");
    }

    [Fact]
    public async Task A_result_says_why_it_is_there_and_words_or_looks_alone_can_be_asked_for()
    {
        await using var tab = await site.OpenAsync("/ui?text=red+disc");
        await tab.ResultsAsync();
        Assert.Equal("images/drawings/red-disc.png", (await tab.CollectionPathsAsync())[0]);
        await Assertions.Expect(tab.Tiles.First.Locator(".why")).ToContainTextAsync("name");
        await tab.Tiles.First.ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Dialog).Locator(".found mark").First).ToHaveTextAsync("red");
        await tab.Page.Keyboard.PressAsync("Escape");

        // The address follows the dialog, and what is shown follows the address.
        await Assertions.Expect(tab.Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("image="));
        await tab.Button("Refine").ClickAsync();
        await tab.Page.GetByLabel("Words find images by").SelectOptionAsync("words");
        await tab.Button("Remove “by words only”").WaitForAsync();
        await tab.ResultsAsync();

        // Other tests upload pictures whose names have one of the words.
        Assert.Equal(["images/drawings/red-disc.png"], await tab.CollectionPathsAsync());
        Assert.EndsWith("mode=words", tab.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_are_changed_where_an_image_is_looked_at_and_filter_at_once()
    {
        await using var tab = await site.OpenAsync("/ui?text=black+cross&mode=words");
        await tab.Tiles.First.ClickAsync();
        var tags = tab.Page.GetByLabel("Tags, separated by commas");
        await tags.FillAsync("<b>cross</b>, kreuz");
        await tags.PressAsync("Enter");
        await tab.Page.GetByText("The tags are saved.").WaitForAsync();

        await using var filtered = await site.OpenAsync("/ui?tags=kreuz");
        await Assertions.Expect(filtered.Tiles).ToHaveCountAsync(1);
        Assert.Equal(["images/drawings/black-cross.png"], await filtered.PathsAsync());
        await filtered.Tiles.First.ClickAsync();
        await Assertions.Expect(filtered.Page.GetByLabel("Tags, separated by commas")).ToHaveValueAsync("<b>cross</b>, kreuz");
    }

    [Fact]
    public async Task An_address_that_holds_a_query_shows_its_results_at_once_and_Back_goes_to_the_query_before()
    {
        await using var tab = await site.OpenAsync("/ui?text=blue+square&format=png");
        await tab.ResultsAsync();
        await Assertions.Expect(tab.Words).ToHaveValueAsync("blue square");
        Assert.All(await tab.PathsAsync(), path => Assert.EndsWith(".png", path, StringComparison.Ordinal));

        await tab.Button("Remove “PNG”").ClickAsync();
        await Assertions.Expect(tab.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/ui\?text=blue\+square$"));
        await tab.Page.GoBackAsync();
        await tab.Button("Remove “PNG”").WaitForAsync();
    }

    [Theory]
    [InlineData("picked")]
    [InlineData("dropped")]
    [InlineData("pasted")]
    public async Task A_picture_finds_itself_and_the_address_holds_it(string how)
    {
        await using var tab = await site.OpenAsync("/ui");
        await tab.Tiles.First.WaitForAsync();
        var bytes = Picture.Photo("butterfly").Resized(0.7).Cropped(0.02).Jpeg(70);
        if (how == "picked")
        {
            await tab.Page.SetInputFilesAsync(
                "input[type=file]",
                new FilePayload
                {
                    Name = "mine.jpg",
                    MimeType = "image/jpeg",
                    Buffer = bytes,
                }
            );
        }
        else
        {
            await Files.GiveAsync(tab.Page, how == "dropped" ? "drop" : "paste", ("mine.jpg", "image/jpeg", bytes));
        }

        await tab.ResultsAsync();
        Assert.Equal("images/photos/butterfly.jpg", (await tab.PathsAsync())[0]);
        Assert.Contains("#picture=", tab.Page.Url, StringComparison.Ordinal);

        await using var shared = await site.OpenAsync(tab.Page.Url);
        await shared.ResultsAsync();
        Assert.Equal("images/photos/butterfly.jpg", (await shared.PathsAsync())[0]);
    }

    [Fact]
    public async Task A_picture_that_the_browser_cannot_read_is_searched_for_and_the_next_one_as_well()
    {
        await using var tab = await site.OpenAsync("/ui");
        var folder = Path.Combine(RepositoryFolder.Path, "tests", "Fixtures", "images");
        var told = tab.Page.GetByText("too large for the address bar").WaitForAsync();
        await tab.Page.SetInputFilesAsync("input[type=file]", Path.Combine(folder, "scene.heic"));
        await told;
        await tab.ResultsAsync();
        var first = await tab.PathsAsync();

        await tab.Page.SetInputFilesAsync(
            "input[type=file]",
            new FilePayload
            {
                Name = "orange.tif",
                MimeType = "image/tiff",
                Buffer = Picture.Photo("orange").Tiff(),
            }
        );
        await Assertions.Expect(tab.Tiles.First).ToHaveAttributeAsync("title", "images/photos/orange.jpg");
        Assert.NotEqual("images/photos/orange.jpg", first[0]);

        await using var elsewhere = await site.OpenAsync(tab.Page.Url);
        await elsewhere.Page.GetByText("The link does not contain this search’s picture").WaitForAsync();
    }

    [Fact]
    public async Task Words_and_a_picture_are_weighed_and_words_to_leave_out_push_away()
    {
        await using var tab = await site.OpenAsync("/ui");
        await tab.Page.SetInputFilesAsync(
            "input[type=file]",
            new FilePayload
            {
                Name = "mine.png",
                MimeType = "image/png",
                Buffer = Collection.Shape("red-disc"),
            }
        );
        await tab.ResultsAsync();
        Assert.Equal("images/drawings/red-disc.png", (await tab.PathsAsync())[0]);

        await tab.Words.FillAsync("green triangle");
        await tab.Button("Refine").ClickAsync();
        await tab.Page.GetByLabel("Pictures that show").FillAsync("red circle");
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.Button("Remove “not: red circle”").WaitForAsync();
        await tab.ResultsAsync();
        var picture = tab.Page.Locator(".weight", new PageLocatorOptions { HasText = "Picture" }).Locator("input");
        await picture.FillAsync("0");
        await Assertions.Expect(tab.Tiles.First).ToHaveAttributeAsync("title", "images/drawings/green-triangle.png");
        Assert.Contains("wimage=0", tab.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mouse")]
    [InlineData("keyboard")]
    public async Task An_image_opens_over_the_results_turns_to_the_next_and_leads_to_more_like_it(string by)
    {
        await using var tab = await site.OpenAsync("/ui?text=red+circle");
        await tab.ResultsAsync();
        var paths = await tab.PathsAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        if (by == "mouse")
        {
            await tab.Tiles.First.ClickAsync();
            await dialog.GetByText(paths[0]).First.WaitForAsync();
            await tab.Button("Next image").ClickAsync();
        }
        else
        {
            await tab.TabToAsync(tab.Tiles);
            await tab.Page.Keyboard.PressAsync("Enter");
            await dialog.GetByText(paths[0]).First.WaitForAsync();
            await tab.Page.Keyboard.PressAsync("ArrowRight");
        }

        await dialog.GetByText(paths[1]).First.WaitForAsync();
        Assert.Contains("&image=", tab.Page.Url, StringComparison.Ordinal);
        await dialog.Locator(".neighbours img").First.WaitForAsync();
        await tab.KeepScreenshotAsync($"detail-{by}");

        if (by == "mouse")
        {
            await dialog.GetByText("More like this").ClickAsync();
            await tab.Button("Remove “like this image”").WaitForAsync();
            await tab.ResultsAsync();
            Assert.Equal(paths[1], (await tab.PathsAsync())[0]);
        }
        else
        {
            await tab.Page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(dialog).ToBeHiddenAsync();
            await Assertions.Expect(tab.Page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("image="));
            await Assertions.Expect(tab.Tiles.Nth(1)).ToBeFocusedAsync();
            await tab.Page.Keyboard.PressAsync("ArrowRight");
            await Assertions.Expect(tab.Tiles.Nth(2)).ToBeFocusedAsync();
        }
    }

    [Fact]
    public async Task Without_a_query_every_image_is_shown_newest_first_as_the_reader_scrolls()
    {
        await using var tab = await site.OpenAsync("/ui?prefix=scenes/");
        await tab.Tiles.First.WaitForAsync();
        while (await tab.Tiles.CountAsync() < Collection.Scenes && await tab.Page.Locator(".end").CountAsync() > 0)
        {
            await tab.Page.Mouse.WheelAsync(0, 4000);
            await tab.Page.WaitForTimeoutAsync(20);
        }

        var paths = await tab.PathsAsync();
        Assert.Equal(Collection.Scenes, paths.Count);
        Assert.Equal(Collection.Scenes, paths.Distinct().Count());
    }

    [Fact]
    public async Task Filters_that_nothing_passes_say_so_and_offer_a_way_on()
    {
        await using var tab = await site.OpenAsync("/ui?text=red&prefix=nowhere/");
        await tab.Page.GetByText("No image in the collection meets all the filters.").WaitForAsync();
        await tab.Link("Search without filters").ClickAsync();
        await tab.ResultsAsync();
    }

    [Fact]
    public async Task A_query_that_the_api_refuses_is_shown_in_its_words_with_a_way_on()
    {
        await using var tab = await site.OpenAsync("/ui?text=red&format=psd", expectsRefusals: true);
        await tab.Page.GetByRole(AriaRole.Alert).GetByText("filter.format is 'psd'").WaitForAsync();
        await tab.Button("Try again").WaitForAsync();
    }

    [Theory]
    [InlineData(1.0, 0.9, 0.88, 3)]
    [InlineData(0.5, 0.5, 0.5, null)]
    public async Task A_border_is_marked_where_a_group_stands_out_and_nowhere_else(double first, double second, double third, int? after)
    {
        await using var tab = await site.OpenAsync("/ui");
        var falling = Enumerable.Range(1, 117).Select(rank => 0.5 - (0.02 * Math.Log(rank)));
        var border = await tab.Page.EvaluateAsync<JsonElement>(
            """
            async (similarities) => {
              const folder = document.querySelector('script[src$="main.js"]').src.replace('main.js', '');
              const { borderOf } = await import(`${folder}search/border.js`);
              return borderOf(similarities);
            }
            """,
            new[] { first, second, third }.Concat(falling)
        );
        Assert.Equal(after, border.GetProperty("after").ValueKind == JsonValueKind.Null ? null : border.GetProperty("after").GetInt32());
    }
}
