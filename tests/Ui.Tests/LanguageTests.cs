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
        await tab.Page.GetByText("Beide zeigen dasselbe Bild.").WaitForAsync();
        await Assertions
            .Expect(tab.Page.GetByRole(AriaRole.Row, new PageGetByRoleOptions { Name = "Hochgeladen" }))
            .ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"\d\d\.\d\d\.\d{4}, \d\d:\d\d"));
        await Axe.FindsNothingAsync(tab.Page);
    }

    [Fact]
    public async Task An_error_says_its_kind_in_German_and_the_apps_own_sentence_after_it()
    {
        await using var tab = await OpenAsync("/ui?text=red+circle", "de-DE");
        tab.ExpectsRefusals = true;
        await tab.ResultsAsync();
        await tab.Tiles.First.ClickAsync();
        var tags = tab.Page.GetByLabel("Schlagwörter, durch Kommas getrennt");
        await tags.FillAsync(new string('x', 500));
        await tags.PressAsync("Enter");
        var message = tab.Page.Locator(".toast[role=alert]");
        await Assertions.Expect(message).ToContainTextAsync("Die Anfrage ist ungültig. ");
        await Assertions.Expect(message.Locator("[lang=en]")).ToContainTextAsync("tag");

        // A status alone would not tell what is wrong.
        const string busy =
            """{"type":"/problems/overloaded","title":"The app is overloaded.","status":503,"detail":"Try again in 5 seconds."}""";
        await tab.Page.RouteAsync(
            "**/api/search",
            route =>
                route.FulfillAsync(
                    new RouteFulfillOptions
                    {
                        Status = 503,
                        ContentType = "application/problem+json",
                        Body = busy,
                    }
                )
        );
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.Page.GetByRole(AriaRole.Searchbox).FillAsync("blue");
        await tab.Page.Keyboard.PressAsync("Enter");
        var state = tab.Page.Locator(".results .state");
        await Assertions.Expect(state.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Die App ist ausgelastet.");
        await Assertions.Expect(state.Locator("p[lang=en]")).ToHaveTextAsync("Try again in 5 seconds.");
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
