using System.Collections.Concurrent;
using Microsoft.Playwright;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>A browser tab, and every complaint of the browser about what it shows.</summary>
/// <param name="context">The browser profile.</param>
/// <param name="isChanging">Whether another test changes what is at an address.</param>
internal sealed class Tab(IBrowserContext context, Predicate<string> isChanging) : IAsyncDisposable
{
    private static readonly string Screenshots = Path.Combine(RepositoryFolder.Path, "artifacts", "ui");

    /// <summary>In milliseconds; longer than any test. What does not come is noticed by <see cref="CloseWhenHungAsync"/>.</summary>
    private const float Day = 86_400_000;

    private readonly ConcurrentQueue<string> complaints = [];
    private readonly CancellationTokenSource closing = new();

    public IPage Page { get; private set; } = null!;

    /// <summary>Answers such as 404 that a test causes on purpose; the browser notes them as errors.</summary>
    public bool ExpectsRefusals { get; set; }

    public async Task OpenAsync(string address)
    {
        Page = await context.NewPageAsync();
        Page.SetDefaultTimeout(Day);
        Assertions.SetDefaultExpectTimeout(Day);
        _ = CloseWhenHungAsync();
        Page.PageError += (_, error) => complaints.Enqueue(error);
        Page.Console += (_, message) =>
        {
            var isRefusal = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal);
            if (message.Type == "error" && !(isRefusal && (ExpectsRefusals || isChanging(message.Location))))
            {
                complaints.Enqueue($"{message.Text} ({message.Location})");
            }
        };
        await Page.GotoAsync(address);
    }

    public ILocator Button(string name, bool exact = false) =>
        Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = exact });

    public ILocator Link(string name, bool exact = false) =>
        Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name, Exact = exact });

    public ILocator Tiles => Page.Locator(".tile");

    public ILocator Words => Page.GetByLabel("Words that describe the picture");

    /// <summary>The paths of the images that are shown, in their order.</summary>
    public async Task<IReadOnlyList<string>> PathsAsync() =>
        await Tiles.EvaluateAllAsync<string[]>("tiles => tiles.map(tile => tile.title)");

    /// <summary>The same without what other tests upload meanwhile.</summary>
    public async Task<IReadOnlyList<string>> CollectionPathsAsync() => [.. (await PathsAsync()).Where(Collection.Holds)];

    /// <summary>Waits until results with similarities are shown, and everything has been loaded.</summary>
    public async Task ResultsAsync()
    {
        await Assertions.Expect(Page.Locator(".results")).Not.ToHaveAttributeAsync("aria-busy", "true");
        await Page.Locator(".tile .score").First.WaitForAsync();
    }

    /// <summary>Goes on with the Tab key until the element has the focus, as a person without a mouse does.</summary>
    public async Task TabToAsync(ILocator target)
    {
        for (var press = 0; press < 120; press++)
        {
            if (await target.First.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The Tab key does not reach {target}.");
    }

    /// <summary>Stops the clock of the page: what it would do after some seconds, it does not.</summary>
    public async Task HoldTimeAsync()
    {
        await Page.Clock.InstallAsync();
        await Page.Clock.PauseAtAsync(DateTime.UtcNow.AddHours(1));
    }

    public async Task KeepScreenshotAsync(string name)
    {
        Directory.CreateDirectory(Screenshots);
        await Page.ScreenshotAsync(
            new PageScreenshotOptions { Path = Path.Combine(Screenshots, $"{name}.png"), Animations = ScreenshotAnimations.Disabled }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        closing.Dispose();
        await context.DisposeAsync();
        Assert.True(complaints.IsEmpty, string.Join('\n', complaints));
    }

    /// <summary>Ends the test where the page does not show what it waits for, by closing the page under it.</summary>
    private async Task CloseWhenHungAsync()
    {
        var closed = closing.Token;
        var patience = new Patience();
        while (!closed.IsCancellationRequested)
        {
            if (patience.IsOver)
            {
                complaints.Enqueue(
                    $"What the test waited for was never shown. This was, at {Page.Url}:\n{await Page.Locator("body").InnerTextAsync()}"
                );
                await context.CloseAsync();
                return;
            }

            await Task.Delay(1000, closed).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
