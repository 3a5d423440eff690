using System.Text.Json;
using Functions.Tests.Pipeline;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shared;

namespace Functions.Tests.Mcp;

/// <summary>What an assistant may change, and when.</summary>
public sealed class ChangeToolsTests
{
    [Fact]
    public async Task Where_the_settings_let_it_an_assistant_tags_and_restores()
    {
        await using var cluster = await Cluster.StartAsync(
            apps: 1,
            settings: new Dictionary<string, string> { ["Mcp__AllowChanges"] = "true" }
        );
        var bytes = Picture.Scene(600).Jpeg();
        await cluster.TakeInAsync("kept.jpg", bytes);
        await cluster.TakeInAsync("copy.jpg", bytes);
        await using var client = await ConnectAsync(cluster);

        var tagged = await client.CallToolAsync(
            "tag_image",
            new Dictionary<string, object?> { ["id"] = IdOf("kept.jpg"), ["tags"] = new[] { "beach", "summer" } }
        );
        Assert.False(tagged.IsError is true, TextOf(tagged));
        Assert.Equal(["beach", "summer"], Strings((await cluster.FindAsync("kept.jpg"))!.Value.GetProperty("tags")));

        var restored = await client.CallToolAsync("restore_image", new Dictionary<string, object?> { ["id"] = IdOf("copy.jpg") });
        Assert.False(restored.IsError is true, TextOf(restored));
        Assert.Equal("indexed", await cluster.StatusAsync("copy.jpg"));
    }

    [Fact]
    public async Task A_key_that_may_only_search_changes_nothing()
    {
        await using var cluster = await Cluster.StartAsync(
            apps: 1,
            settings: new Dictionary<string, string>
            {
                ["Mcp__AllowChanges"] = "true",
                ["Access__SearchKey"] = "a-key-that-may-search-only",
                ["Access__OperateKey"] = "a-key-that-may-operate-too",
            }
        );
        await using var client = await ConnectAsync(cluster, "a-key-that-may-search-only");
        var refused = await client.CallToolAsync(
            "tag_image",
            new Dictionary<string, object?> { ["id"] = IdOf("kept.jpg"), ["tags"] = new[] { "beach" } }
        );
        Assert.True(refused.IsError);
        Assert.Contains("It requires the role 'operate'", TextOf(refused), StringComparison.Ordinal);
    }

    private static string TextOf(CallToolResult answer) => answer.Content.OfType<TextContentBlock>().First().Text;

    private static string IdOf(string name) => new Serverless.Storage.ImagePath("images", name).Id;

    private static IEnumerable<string?> Strings(JsonElement values) => values.EnumerateArray().Select(value => value.GetString());

    private static Task<McpClient> ConnectAsync(Cluster cluster, string? key = null)
    {
        var http = cluster.Apps[0].Http;
        var options = new HttpClientTransportOptions
        {
            Endpoint = new Uri(http.BaseAddress!, "/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = key is null ? null : new Dictionary<string, string> { ["x-functions-key"] = key },
        };
        return McpClient.CreateAsync(new HttpClientTransport(options, http));
    }
}
