using EndToEnd.Tests;
using Microsoft.Playwright;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>The page before there is any image, in a stack of its own.</summary>
public sealed class EmptyCollectionTests(Site site)
{
    [Fact]
    public async Task An_empty_collection_offers_sample_pictures_and_shows_them()
    {
        using var samples = new TemporaryFolder();
        File.Copy(Picture.PhotoFile("home"), Path.Combine(samples.Path, "home.jpg"));
        File.Copy(Picture.PhotoFile("orange"), Path.Combine(samples.Path, "orange.jpg"));
        await using var stack = await LocalStack.StartAsync(
            new LocalStackOptions { Environment = new Dictionary<string, string> { ["LOCAL_SAMPLES"] = samples.Path } }
        );
        await using var tab = await site.OpenAsync(new Uri(stack.Http.BaseAddress!, "/ui").ToString());
        await tab.Page.GetByText("No images yet").WaitForAsync();
        await Axe.FindsNothingAsync(tab.Page);
        await tab.Button("Add the sample pictures").ClickAsync();
        await Assertions.Expect(tab.Tiles).ToHaveCountAsync(2);
    }
}
