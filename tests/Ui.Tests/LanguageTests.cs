using Microsoft.Playwright;
using Xunit;

namespace Ui.Tests;

/// <summary>The page in another language than English.</summary>
public sealed class LanguageTests(Site site)
{
    [Theory]
    [InlineData("/ui", "Suchen", "Neuestes zuerst")]
    [InlineData("/ui?text=red+circle&not=people", "Suchen", "Die ähnlichsten Bilder, die besten zuerst")]
    [InlineData("/ui/review", "Prüfen", "Vergleichen")]
    [InlineData("/ui/upload", "Hochladen", "Dateien oder Ordner hier ablegen")]
    [InlineData("/ui/operate", "Betrieb", "Bereit")]
    public async Task A_German_browser_is_shown_a_German_page(string address, string view, string text)
    {
        await using var tab = await OpenAsync(address, "de-AT");
        await tab.Page.GetByText(text).First.WaitForAsync();
        await Assertions.Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await Assertions.Expect(tab.Page.Locator("nav [aria-current]")).ToHaveTextAsync(view);
        Assert.Equal($"{view} · Bilder", await tab.Page.TitleAsync());
        await Axe.FindsNothingAsync(tab.Page);
    }

    [Fact]
    public async Task Numbers_dates_and_evidence_are_German_as_well()
    {
        await using var tab = await OpenAsync("/ui/review", "de-DE");
        var member = tab.Page.Locator(".member").First;
        await Assertions
            .Expect(member.Locator(".score .number"))
            .ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^[01],\d{3}$"));
        await Assertions.Expect(member.Locator(".evidence")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Dasselbe Bild"));
        await member.GetByText("Vergleichen").ClickAsync();
        await Assertions
            .Expect(tab.Page.GetByRole(AriaRole.Row, new PageGetByRoleOptions { Name = "Hochgeladen" }))
            .ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"\d\d\.\d\d\.\d{4}, \d\d:\d\d"));
        await Axe.FindsNothingAsync(tab.Page);
    }

    [Fact]
    public async Task A_language_chosen_on_the_page_is_remembered()
    {
        await using var tab = await OpenAsync("/ui", "de-DE");
        await tab.Page.GetByLabel("Sprache").SelectOptionAsync("en");
        await tab.Page.GetByLabel("Language").WaitForAsync();
        await tab.Page.GotoAsync("/ui/review");
        await tab.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Review" }).WaitForAsync();
        await Assertions.Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    [Fact]
    public async Task A_browser_of_a_language_that_the_page_has_not_is_shown_English()
    {
        await using var tab = await OpenAsync("/ui", "fr-FR");
        await tab.Link("Review").WaitForAsync();
        await Assertions.Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    [Fact]
    public async Task German_words_fit_into_320_points_and_nothing_moves_for_those_who_do_not_want_that()
    {
        foreach (var address in new[] { "/ui", "/ui?text=red+circle&not=people", "/ui/review", "/ui/upload", "/ui/operate" })
        {
            await using var tab = await site.OpenAsync(
                address,
                new BrowserNewContextOptions
                {
                    Locale = "de-DE",
                    ReducedMotion = ReducedMotion.Reduce,
                    ViewportSize = new ViewportSize { Width = 320, Height = 640 },
                }
            );
            await tab.Page.Locator(".tile, .member, .dropzone, .card").First.WaitForAsync();
            var width = await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(width == 320, $"{address} is {width} wide: {string.Join(", ", await tab.Page.EvaluateAsync<string[]>(TooWide))}");
            Assert.Equal(0, await tab.Page.EvaluateAsync<int>("document.getAnimations().length"));
        }
    }

    private const string TooWide =
        "[...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > 320).map(each => each.outerHTML.slice(0, 160))";

    private Task<Tab> OpenAsync(string address, string locale) =>
        site.OpenAsync(
            address,
            new BrowserNewContextOptions
            {
                Locale = locale,
                ViewportSize = new ViewportSize { Width = 1280, Height = 860 },
            }
        );
}
