using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>What a language model can do with the collection, through the official client.</summary>
public sealed class McpTests(Site site)
{
    [Fact]
    public async Task The_tools_say_what_they_are_for_and_change_nothing()
    {
        await using var client = await ConnectAsync();
        var tools = await client.ListToolsAsync();
        Assert.Equal(["get_image", "list_duplicates", "search_images"], tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.All(tools, tool => Assert.True(tool.ProtocolTool.Annotations?.ReadOnlyHint));
        Assert.All(tools, tool => Assert.NotEmpty(tool.Description));
    }

    [Fact]
    public async Task Words_find_images_and_show_them()
    {
        await using var client = await ConnectAsync();
        var answer = await CallAsync(
            client,
            "search_images",
            new()
            {
                ["text"] = "red circle",
                ["prefix"] = "drawings/",
                ["top"] = 3,
            }
        );
        var expected = (await site.Api.GetAsync("/api/search?text=red+circle&prefix=drawings/&top=3")).GetProperty("results");
        Assert.Equal(Paths(expected), Paths(Json(answer).GetProperty("results")));
        var pictures = answer.Content.OfType<ImageContentBlock>().ToList();
        Assert.Equal(3, pictures.Count);
        Assert.All(
            pictures,
            picture =>
            {
                using var image = NetVips.Image.NewFromBuffer(picture.DecodedData.ToArray());
                Assert.Equal("image/webp", picture.MimeType);
                Assert.InRange(Math.Max(image.Width, image.Height), 1, 256);
            }
        );
    }

    [Fact]
    public async Task A_picture_finds_itself_and_is_fetched_with_its_record()
    {
        await using var client = await ConnectAsync();
        var query = Convert.ToBase64String(Picture.Photo("butterfly").Resized(0.6).Jpeg(70));
        var found = Json(
                await CallAsync(
                    client,
                    "search_images",
                    new()
                    {
                        ["image"] = query,
                        ["top"] = 1,
                        ["previews"] = false,
                    }
                )
            )
            .GetProperty("results")[0];
        Assert.Equal("images/photos/butterfly.jpg", found.GetProperty("path").GetString());

        foreach (var name in new[] { found.GetProperty("id").GetString()!, "images/photos/butterfly.jpg" })
        {
            var image = await CallAsync(client, "get_image", new() { ["image"] = name, ["size"] = 200 });
            Assert.Equal("indexed", Json(image).GetProperty("status").GetString());
            Assert.Single(image.Content.OfType<ImageContentBlock>());
        }
    }

    [Fact]
    public async Task Duplicates_are_listed_page_by_page_with_the_evidence()
    {
        await using var client = await ConnectAsync();
        var first = Json(await CallAsync(client, "list_duplicates", new() { ["status"] = "quarantined", ["top"] = 1 }));
        var member = first.GetProperty("groups")[0].GetProperty("members")[0];
        Assert.NotEmpty(member.GetProperty("evidence").GetProperty("sentence").GetString()!);
        var second = Json(
            await CallAsync(
                client,
                "list_duplicates",
                new()
                {
                    ["status"] = "quarantined",
                    ["top"] = 1,
                    ["continuation"] = first.GetProperty("continuation").GetString(),
                }
            )
        );
        Assert.NotEqual(first.GetRawText(), second.GetRawText());
    }

    [Theory]
    [InlineData("search_images", "top", 21, "'top' is 21: it must be from 1 to 20.")]
    [InlineData("search_images", "format", "psd", "filter.format is 'psd'")]
    [InlineData("get_image", "image", "images/no-such.jpg", "No image with that id is known.")]
    [InlineData("list_duplicates", "sort", "colour", "it must be one of confidence, size, date")]
    public async Task A_request_that_makes_no_sense_is_answered_with_what_to_do(string tool, string argument, object value, string sentence)
    {
        await using var client = await ConnectAsync();
        var arguments = new Dictionary<string, object?> { [argument] = value };
        if (tool == "search_images")
        {
            arguments["text"] = "red";
        }

        var answer = await client.CallToolAsync(tool, arguments);
        Assert.True(answer.IsError);
        Assert.Contains(sentence, Assert.IsType<TextContentBlock>(answer.Content[0]).Text, StringComparison.Ordinal);
    }

    private Task<McpClient> ConnectAsync() =>
        McpClient.CreateAsync(
            new HttpClientTransport(
                new HttpClientTransportOptions
                {
                    Endpoint = new Uri(site.Stack.Http.BaseAddress!, "/mcp"),
                    TransportMode = HttpTransportMode.StreamableHttp,
                }
            )
        );

    private static async Task<CallToolResult> CallAsync(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        var answer = await client.CallToolAsync(tool, arguments);
        Assert.True(answer.IsError is null or false, answer.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text);
        return answer;
    }

    private static JsonElement Json(CallToolResult answer)
    {
        using var json = JsonDocument.Parse(Assert.IsType<TextContentBlock>(answer.Content[0]).Text);
        return json.RootElement.Clone();
    }

    private static IEnumerable<string?> Paths(JsonElement results) =>
        results.EnumerateArray().Select(result => result.GetProperty("path").GetString());
}
