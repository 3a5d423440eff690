using System.Collections.Concurrent;
using EndToEnd.Tests;
using Microsoft.Playwright;
using Shared;
using Ui.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(Site))]

namespace Ui.Tests;

/// <summary>One whole stack with a small collection, and one browser. Tests open pages of their own and use names of their own.</summary>
public sealed class Site : IAsyncLifetime
{
    /// <summary>A name of others, which has been made to mean this machine.</summary>
    internal const string ForeignName = "evil.example";

    /// <summary>Images that a test overwrites, moves or deletes: while it does, the pages of others may ask for them in vain.</summary>
    private readonly ConcurrentDictionary<string, bool> changing = [];

    private LocalStack? stack;
    private IPlaywright? playwright;
    private IBrowser? browser;

    internal LocalStack Stack => stack!;

    internal StackClient Api => new(Stack);

    public async ValueTask InitializeAsync()
    {
        var path =
            global::Tests.Chromium.Find()
            ?? throw new InvalidOperationException("There is no Chromium. " + global::Tests.Chromium.HowToInstall);
        var starts = LocalStack.StartAsync(
            new LocalStackOptions
            {
                Environment = new Dictionary<string, string>
                {
                    ["Duplicates__VisibilityWindow"] = "00:00:02",

                    // A model for no image: nobody is asked.
                    ["Describe__Provider"] = "chat",
                    ["Describe__Model"] = "none",
                    ["Describe__Endpoint"] = "http://127.0.0.1:9/v1",
                    ["Describe__Prefix"] = "nothing/has/this/name/",
                    ["Describe__InputPrice"] = "1",
                },
            }
        );
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = path,
                Args = ["--no-sandbox", $"--host-resolver-rules=MAP {ForeignName} 127.0.0.1"],
            }
        );
        stack = await starts;
        await Collection.UploadAsync(Api);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (stack is not null)
        {
            await stack.DisposeAsync();
        }
    }

    /// <summary>Called before a test changes what has been stored at a path.</summary>
    internal async Task ChangesAsync(string name) => changing[await Api.IdAsync(name)] = true;

    private bool IsChanging(string address) => changing.Keys.Any(id => address.Contains(id, StringComparison.Ordinal));

    /// <summary>A page in a browser profile of its own.</summary>
    /// <param name="address">Such as <c>/ui/review</c>, or a whole URL.</param>
    /// <param name="options">Window size, colour scheme and the like.</param>
    /// <param name="expectsRefusals">Whether loading the page already causes <see cref="Tab.ExpectsRefusals"/>.</param>
    internal async Task<Tab> OpenAsync(string address, BrowserNewContextOptions? options = null, bool expectsRefusals = false)
    {
        options ??= new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1280, Height = 860 },
        };
        options.BaseURL ??= Stack.Http.BaseAddress!.ToString();
        var tab = new Tab(await browser!.NewContextAsync(options), IsChanging) { ExpectsRefusals = expectsRefusals };
        await tab.OpenAsync(address);
        return tab;
    }
}
