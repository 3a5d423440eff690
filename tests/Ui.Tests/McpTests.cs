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
    public async Task The_tools_say_what_they_are_for_what_they_answer_and_change_nothing()
    {
        await using var client = await ConnectAsync();
        var tools = await client.ListToolsAsync();
        Assert.Equal(
            ["browse", "compare_images", "fetch", "get_image", "list_duplicates", "overview", "search", "search_images"],
            tools.Select(tool => tool.Name).Order(StringComparer.Ordinal)
        );
        Assert.All(tools, tool => Assert.True(tool.ProtocolTool.Annotations?.ReadOnlyHint));
        Assert.All(tools, tool => Assert.NotEmpty(tool.Description));
        Assert.All(tools, tool => Assert.Equal("object", tool.ProtocolTool.OutputSchema?.GetProperty("type").GetString()));
        var top = tools.Single(tool => tool.Name == "search_images").JsonSchema.GetProperty("properties").GetProperty("top");
        Assert.Equal((1, 20), (top.GetProperty("minimum").GetInt32(), top.GetProperty("maximum").GetInt32()));
        Assert.Equal(tools.Select(tool => tool.Name), (await client.ListToolsAsync()).Select(tool => tool.Name));
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
        var results = Json(answer).GetProperty("results");
        Assert.Equal(Paths(expected), Paths(results));
        Assert.True(JsonElement.DeepEquals(Json(answer), answer.StructuredContent!.Value));

        // Each picture stands behind its own label, and before the link to its original.
        var shown = answer.Content.Skip(1).Chunk(3).ToList();
        Assert.Equal(3, shown.Count);
        foreach (var (blocks, result) in shown.Zip(results.EnumerateArray()))
        {
            var id = result.GetProperty("id").GetString()!;
            Assert.StartsWith(id, Assert.IsType<TextContentBlock>(blocks[0]).Text, StringComparison.Ordinal);
            Assert.IsType<ImageContentBlock>(blocks[1]);
            Assert.Equal(result.GetProperty("originalUrl").GetString(), Assert.IsType<ResourceLinkBlock>(blocks[2]).Uri);
            Assert.Contains(result.GetProperty("path").GetString()!, result.GetProperty("text").GetString(), StringComparison.Ordinal);
            foreach (var link in new[] { "url", "originalUrl", "thumbnailUrl" })
            {
                using var found = await site.Stack.Http.GetAsync(new Uri(result.GetProperty(link).GetString()!));
                Assert.True(found.IsSuccessStatusCode, link);
            }
        }

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
            Assert.Equal("indexed", Json(image).GetProperty("record").GetProperty("status").GetString());
            Assert.Single(image.Content.OfType<ImageContentBlock>());
        }
    }

    [Fact]
    public async Task Connectors_get_the_shapes_that_they_demand()
    {
        await using var client = await ConnectAsync();
        var hits = Json(await CallAsync(client, "search", new() { ["query"] = "red circle" })).GetProperty("results");
        Assert.NotEqual(0, hits.GetArrayLength());
        Assert.All(hits.EnumerateArray(), hit => Assert.Equal(["id", "title", "url"], Names(hit)));
        var document = Json(await CallAsync(client, "fetch", new() { ["id"] = hits[0].GetProperty("id").GetString() }));
        Assert.Equal(["id", "title", "text", "url", "metadata"], Names(document));
        Assert.Equal(hits[0].GetProperty("url").GetString(), document.GetProperty("url").GetString());
        Assert.Contains(
            document.GetProperty("metadata").GetProperty("path").GetString()!,
            document.GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_collection_is_counted_and_walked_page_by_page()
    {
        await using var client = await ConnectAsync();
        var overview = Json(await CallAsync(client, "overview", []));
        Assert.Equal(
            overview.GetProperty("images").GetInt64(),
            overview.GetProperty("formats").EnumerateObject().Sum(format => format.Value.GetInt64())
        );
        var first = Json(await CallAsync(client, "browse", new() { ["top"] = 2, ["prefix"] = "drawings/" }));
        var second = Json(
            await CallAsync(
                client,
                "browse",
                new()
                {
                    ["top"] = 2,
                    ["prefix"] = "drawings/",
                    ["continuation"] = first.GetProperty("continuation").GetString(),
                }
            )
        );
        Assert.Empty(Paths(first.GetProperty("results")).Intersect(Paths(second.GetProperty("results"))));
        Assert.Equal(2, second.GetProperty("results").GetArrayLength());
    }

    [Fact]
    public async Task Two_images_are_told_apart_in_a_sentence()
    {
        await using var client = await ConnectAsync();
        var answer = Json(
            await CallAsync(
                client,
                "compare_images",
                new() { ["a"] = "images/photos/butterfly.jpg", ["b"] = (await site.Api.IdAsync("drawings/red-disc.png")) }
            )
        );
        Assert.Equal("new", answer.GetProperty("verdict").GetString());
        Assert.NotEmpty(answer.GetProperty("evidence").GetProperty("sentence").GetString()!);
    }

    [Theory]
    [InlineData("data:image/jpeg;base64,", true)]
    [InlineData("", true)]
    [InlineData("http://127.0.0.1/picture.jpg?", false)]
    [InlineData("https://169.254.169.254/latest/meta-data/?", false)]
    [InlineData("data:image/jpeg,", false)]
    public async Task A_picture_comes_as_base64_or_as_an_address_and_no_address_is_fetched_that_is_not_allowed(string before, bool found)
    {
        await using var client = await ConnectAsync();
        var picture = before + Convert.ToBase64String(Picture.Photo("butterfly").Resized(0.3).Jpeg(70));
        var answer = await client.CallToolAsync("search_images", new Dictionary<string, object?> { ["image"] = picture, ["top"] = 1 });
        Assert.Equal(found, answer.IsError is not true);
        Assert.Contains(
            found ? "images/photos/butterfly.jpg" : "'image' is a",
            Assert.IsType<TextContentBlock>(answer.Content[0]).Text,
            StringComparison.Ordinal
        );
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
    [InlineData("search_images", "top", "many", "'top' is \"many\": it must be from 1 to 20.")]
    [InlineData("search_images", "format", "psd", "it must be one of jpeg, png, webp")]
    [InlineData("search_images", "prefx", "holiday/", "'prefx' is not an argument of this tool: it takes text, image")]
    [InlineData("fetch", "identity", "1", "'identity' is not an argument of this tool: it takes id.")]
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

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(property => property.Name);

    private static IEnumerable<string?> Paths(JsonElement results) =>
        results.EnumerateArray().Select(result => result.GetProperty("path").GetString());
}
