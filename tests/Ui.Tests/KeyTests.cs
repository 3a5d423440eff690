using EndToEnd.Tests;
using Microsoft.Playwright;
using ModelContextProtocol.Client;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>Under a host that demands a key, as one in Azure does.</summary>
public sealed class KeyTests(Site site) : IAsyncLifetime
{
    private const string Key = "a-key-of-this-test";
    private LocalStack? stack;

    public async ValueTask InitializeAsync()
    {
        stack = await LocalStack.StartAsync(
            new LocalStackOptions { Environment = new Dictionary<string, string> { ["LOCAL_FUNCTION_KEY"] = Key } }
        );
        await stack.Images.UploadBlobAsync(
            "photos/orange.jpg",
            BinaryData.FromBytes(await File.ReadAllBytesAsync(Picture.PhotoFile("orange")))
        );
    }

    public ValueTask DisposeAsync() => stack!.DisposeAsync();

    [Fact]
    public async Task The_page_asks_for_the_key_keeps_it_for_the_tab_and_shows_pictures_with_it()
    {
        await using var tab = await site.OpenAsync(new Uri(stack!.Http.BaseAddress!, "/ui/upload").ToString());
        tab.ExpectsRefusals = true;
        await tab.Page.SetInputFilesAsync(
            "[data-pick=files]",
            new FilePayload
            {
                Name = "fruits.jpg",
                MimeType = "image/jpeg",
                Buffer = await File.ReadAllBytesAsync(Picture.PhotoFile("fruits")),
            }
        );
        await tab.Page.GetByLabel("Function key").FillAsync("wrong");
        await tab.Button("Use this key").ClickAsync();
        await tab.Page.GetByText("That key is not accepted").WaitForAsync();
        await tab.Page.GetByLabel("Function key").FillAsync(Key);
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.GetByText("New, indexed.").WaitForAsync();

        await tab.Link("Search", exact: true).ClickAsync();
        await tab.Tiles.First.WaitForAsync();
        await Assertions.Expect(tab.Tiles.First.Locator("img")).Not.ToHaveJSPropertyAsync("naturalWidth", 0);
        Assert.StartsWith("blob:", await tab.Tiles.First.Locator("img").GetAttributeAsync("src"), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, tab.Page.Url, StringComparison.Ordinal);
        Assert.Equal(0, await tab.Page.EvaluateAsync<int>("localStorage.length + document.cookie.length"));

        await tab.Page.ReloadAsync();
        await tab.Tiles.First.WaitForAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_has_no_key_closes_the_dialog_and_may_try_again()
    {
        await using var tab = await site.OpenAsync(new Uri(stack!.Http.BaseAddress!, "/ui/upload").ToString());
        tab.ExpectsRefusals = true;
        await tab.Link("Search", exact: true).ClickAsync();
        await tab.Page.GetByLabel("Function key").WaitForAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.Page.GetByText("A key is needed.").WaitForAsync();
        await tab.Button("Try again").ClickAsync();
        await tab.Page.GetByLabel("Function key").FillAsync(Key);
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.GetByText("A key is needed.")).ToHaveCountAsync(0);
        await tab.Page.Locator(".tile, .state .primary[href]").First.WaitForAsync();
    }

    [Fact]
    public async Task Language_models_need_the_same_key()
    {
        var endpoint = new Uri(stack!.Http.BaseAddress!, "/mcp");
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            McpClient.CreateAsync(
                new HttpClientTransport(
                    new HttpClientTransportOptions { Endpoint = endpoint, TransportMode = HttpTransportMode.StreamableHttp }
                )
            )
        );

        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(
                new HttpClientTransportOptions
                {
                    Endpoint = endpoint,
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string> { ["x-functions-key"] = Key },
                }
            )
        );
        Assert.NotEmpty(await client.ListToolsAsync());
    }
}
