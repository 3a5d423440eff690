using Microsoft.Playwright;
using Xunit;

namespace Ui.Tests;

public sealed class AccessibilityTests(Site site)
{
    private static readonly Dictionary<string, (string Address, Func<Tab, Task> Prepare)> Views = new()
    {
        ["search"] = ("/ui", tab => tab.Tiles.First.WaitForAsync()),
        ["results"] = ("/ui?text=red+circle&not=people&format=jpeg", tab => tab.ResultsAsync()),
        ["sketch"] = ("/ui", SketchAsync),
        ["detail"] = ("/ui?text=red+circle", DetailAsync),
        ["nothing"] = ("/ui?text=red&prefix=nowhere/", tab => tab.Page.GetByText("Nothing passes").WaitForAsync()),
        ["review"] = ("/ui/review", ReviewAsync),
        ["rules"] = ("/ui/review", RulesAsync),
        ["compare"] = ("/ui/review", CompareAsync),
        ["confirm"] = ("/ui/review", ConfirmAsync),
        ["upload"] = ("/ui/upload", UploadAsync),
        ["operate"] = ("/ui/operate", tab => tab.Page.GetByText("Ready", new PageGetByTextOptions { Exact = true }).WaitForAsync()),
    };

    public static TheoryData<string, ColorScheme> Cases { get; } =
        new(Views.Keys.SelectMany(view => new[] { ColorScheme.Light, ColorScheme.Dark }.Select(scheme => (view, scheme))));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Axe_finds_nothing(string view, ColorScheme scheme)
    {
        var (address, prepare) = Views[view];
        await using var tab = await site.OpenAsync(
            address,
            new BrowserNewContextOptions
            {
                ColorScheme = scheme,
                ReducedMotion = ReducedMotion.Reduce,
                ViewportSize = new ViewportSize { Width = 1280, Height = 860 },
            }
        );
        tab.ExpectsRefusals = view == "upload";
        await prepare(tab);
        await Axe.FindsNothingAsync(tab.Page);
        await tab.KeepScreenshotAsync($"axe-{view}-{scheme}".ToLowerInvariant());
    }

    [Theory]
    [InlineData("search")]
    [InlineData("results")]
    [InlineData("sketch")]
    [InlineData("detail")]
    [InlineData("review")]
    [InlineData("rules")]
    [InlineData("compare")]
    [InlineData("upload")]
    [InlineData("operate")]
    public async Task Nothing_is_cut_off_on_a_phone(string view)
    {
        var (address, prepare) = Views[view];
        await using var tab = await site.OpenAsync(
            address,
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = 360, Height = 740 },
                HasTouch = true,
                IsMobile = true,
            }
        );
        tab.ExpectsRefusals = view == "upload";
        await prepare(tab);
        await tab.KeepScreenshotAsync($"phone-{view}");
        Assert.Equal(360, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        var cut = await tab.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('button, a, input, select, h1, h2, p')]
              .filter((element) => !element.closest('[hidden], .visually-hidden, .skip, [popover]') && element.checkVisibility())
              .filter((element) => { const { left, right } = element.getBoundingClientRect(); return left < -1 || right > innerWidth + 1; })
              .map((element) => element.outerHTML.slice(0, 120))
            """
        );
        Assert.Empty(cut);
    }

    [Fact]
    public async Task The_focus_is_always_seen()
    {
        await using var tab = await site.OpenAsync("/ui");
        await tab.Tiles.First.WaitForAsync();
        for (var press = 0; press < 16; press++)
        {
            await tab.Page.Keyboard.PressAsync("Tab");
            var seen = await tab.Page.EvaluateAsync<bool>(
                """
                () => {
                  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
                  return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
                }
                """
            );
            Assert.True(seen, await tab.Page.EvaluateAsync<string>("document.activeElement.outerHTML.slice(0, 200)"));
        }
    }

    private static async Task SketchAsync(Tab tab)
    {
        await tab.Button("Sketch").ClickAsync();
        await tab.Button("Refine").ClickAsync();
        await tab.Tiles.First.WaitForAsync();
    }

    private static async Task DetailAsync(Tab tab)
    {
        await tab.Tiles.First.ClickAsync();
        await tab.Page.Locator(".neighbours img").First.WaitForAsync();
    }

    private static async Task ReviewAsync(Tab tab)
    {
        await tab.Button("What if…").ClickAsync();
        await tab.Page.Locator(".member input").First.CheckAsync();
        await tab.Page.Locator(".histogram").WaitForAsync();
    }

    private static async Task RulesAsync(Tab tab)
    {
        await tab.Button("Apply a rule…").ClickAsync();
        await tab.Page.GetByLabel("Other one is under").FillAsync("small/");
        await tab.Button("Preview").ClickAsync();
        await tab.Page.Locator(".rule-pair img.loaded").First.WaitForAsync();
    }

    private static async Task CompareAsync(Tab tab)
    {
        await tab.Page.GetByText("Compare", new PageGetByTextOptions { Exact = true }).First.ClickAsync();
        await tab.Page.Locator(".stage").WaitForAsync();
    }

    private static async Task ConfirmAsync(Tab tab)
    {
        await tab.Page.EvaluateAsync(
            "import(new URL('confirm.js', document.querySelector('script[type=module]').src).href).then(({ confirm }) => { "
                + "confirm({ title: 'Delete it?', text: 'It is gone then.', action: 'Delete' }); })"
        );
        await tab.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
    }

    private static async Task UploadAsync(Tab tab)
    {
        await tab.Page.SetInputFilesAsync(
            "[data-pick=files]",
            new FilePayload
            {
                Name = "no-image.txt",
                MimeType = "text/plain",
                Buffer = [1, 2, 3],
            }
        );
        await tab.Page.Locator(".upload-row").First.WaitForAsync();
    }
}
