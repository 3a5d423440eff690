using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Functions.Tests.Pipeline;
using Shared;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>
/// The whole app with a hosted provider: its executable on Azurite and the search emulator, the vendor's place taken by a local server.
/// </summary>
[Long]
public sealed class HostedAppTests
{
    [Fact]
    public async Task Images_are_indexed_and_found_by_words_and_the_same_bytes_are_paid_for_once_by_two_workers()
    {
        await using var server = new AzureVisionServer(TimeProvider.System);
        await using var cluster = await StartAsync(server, apps: 2);
        foreach (
            var (name, picture) in new[]
            {
                ("red.png", Flat.Png(220, 30, 20)),
                ("green.png", Flat.Png(20, 200, 40)),
                ("blue.png", Flat.Png(30, 40, 220)),
            }
        )
        {
            await cluster.UploadAsync(name, picture);
            Assert.True(await cluster.IngestAsync(name), cluster.Output);
        }

        var found = await SearchAsync(cluster.Apps[0], "something red");
        var again = await SearchAsync(cluster.Apps[1], "something red");
        Assert.Equal("images/red.png", found.GetProperty("results")[0].GetProperty("path").GetString());
        Assert.Equal("azure-vision/2023-04-15", found.GetProperty("model").GetString());
        Assert.Equal(
            (1, 0),
            (found.GetProperty("cost").GetProperty("calls").GetInt32(), again.GetProperty("cost").GetProperty("calls").GetInt32())
        );
        Assert.Equal(
            (0.000014m, 0m),
            (found.GetProperty("cost").GetProperty("usd").GetDecimal(), again.GetProperty("cost").GetProperty("usd").GetDecimal())
        );

        // The same bytes under another name, at the other worker: judged, but not paid for.
        await cluster.UploadAsync("red-again.png", Flat.Png(220, 30, 20));
        Assert.True(await cluster.IngestAsync("red-again.png", cluster.Apps[1]), cluster.Output);
        Assert.Equal("quarantined", await cluster.StatusAsync("red-again.png"));
        Assert.Equal(4, server.Requests.Count);
        Assert.DoesNotContain(AzureVisionServer.Key, cluster.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answers_tell_what_was_cut_and_what_it_cost()
    {
        await using var server = new AzureVisionServer(TimeProvider.System);
        await using var cluster = await StartAsync(server, apps: 1);
        var words = string.Join(' ', Enumerable.Repeat("red", 71));

        using var text = await cluster.Apps[0].Http.PostAsJsonAsync("/api/embed", new { text = words });
        using var body = new ByteArrayContent(Flat.Png(1, 2, 200)) { Headers = { ContentType = new("image/png") } };
        using var image = await cluster.Apps[0].Http.PostAsync("/api/embed", body);
        var (ofText, ofImage) = (await text.Content.ReadFromJsonAsync<JsonElement>(), await image.Content.ReadFromJsonAsync<JsonElement>());

        Assert.Equal(
            "The text was cut to its first 70 words: Azure AI Vision reads no more.",
            ofText.GetProperty("notices")[0].GetString()
        );
        Assert.Equal(0.0001m, ofImage.GetProperty("cost").GetProperty("usd").GetDecimal());
        Assert.False(ofImage.TryGetProperty("notices", out _));

        // Words and a picture in four quarter turns: the words are paid for once, every turn is counted.
        using var turned = new MultipartFormDataContent
        {
            { new StringContent("something blue"), "text" },
            { new StringContent("true"), "turned" },
            {
                new ByteArrayContent(Flat.Png(200, 30, 40)) { Headers = { ContentType = new("image/png") } },
                "image",
                "red.png"
            },
        };
        using var search = await cluster.Apps[0].Http.PostAsync("/api/search", turned);
        var cost = (await search.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("cost");
        Assert.Equal((5, 0.000414m), (cost.GetProperty("calls").GetInt32(), cost.GetProperty("usd").GetDecimal()));
        Assert.Equal(7, server.Requests.Count);
        Assert.Equal((1024, 1024), (ofText.GetProperty("dimensions").GetInt32(), ofImage.GetProperty("vector").GetArrayLength()));
    }

    [Fact]
    public async Task An_image_waits_through_an_outage_and_is_indexed_after_it()
    {
        await using var server = new AzureVisionServer(TimeProvider.System);
        await using var cluster = await StartAsync(server, apps: 1, retryTimeout: "00:00:03");
        server.IsDown = true;
        await cluster.UploadAsync("red.png", Flat.Png(220, 30, 20));

        Assert.True(await cluster.IngestAsync("red.png"), cluster.Output);
        var waiting = (await cluster.FindAsync("red.png"))!.Value;
        Assert.Equal("waiting", waiting.GetProperty("status").GetString());
        Assert.Contains(
            "Azure AI Vision is not available at the moment (503)",
            waiting.GetProperty("reason").GetString(),
            StringComparison.Ordinal
        );
        using var search = await cluster.Apps[0].Http.GetAsync("/api/search?text=red");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, search.StatusCode);
        Assert.Contains(
            "Azure AI Vision is not available at the moment (503)",
            await search.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.NotNull(search.Headers.RetryAfter);

        server.IsDown = false;
        await cluster.DrainAsync();
        Assert.Equal("indexed", await cluster.StatusAsync("red.png"));
        Assert.Equal(
            "images/red.png",
            (await SearchAsync(cluster.Apps[0], "red")).GetProperty("results")[0].GetProperty("path").GetString()
        );
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task An_image_whose_content_the_provider_refuses_is_rejected_with_the_reason_and_stays_where_it_is()
    {
        await using var server = new AzureVisionServer(TimeProvider.System);
        await using var cluster = await StartAsync(server, apps: 1);
        server.Fail(400, new { error = new { code = "InvalidRequest", message = "Blocked by the content policy." } });
        await cluster.UploadAsync("refused.png", Flat.Png(220, 30, 20));

        Assert.True(await cluster.IngestAsync("refused.png"), cluster.Output);
        var record = (await cluster.FindAsync("refused.png"))!.Value;

        Assert.Equal("rejected", record.GetProperty("status").GetString());
        Assert.Contains("refuses this content", record.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.True(await cluster.Images.GetBlobClient("refused.png").ExistsAsync());
    }

    [Fact]
    public async Task A_change_of_provider_model_or_length_is_refused_at_start()
    {
        await using var server = new AzureVisionServer(TimeProvider.System);
        await using var cluster = await StartAsync(server, apps: 1);
        foreach (
            var change in new[]
            {
                new Dictionary<string, string> { ["Embedding__Provider"] = "onnx" },
                new Dictionary<string, string> { ["Embedding__Model"] = "2022-04-11" },
                new Dictionary<string, string> { ["Embedding__Provider"] = "bedrock", ["Embedding__Region"] = "us-east-1" },
                new Dictionary<string, string>
                {
                    ["Embedding__Provider"] = "vertex",
                    ["Embedding__Region"] = "us-central1",
                    ["Embedding__Project"] = "example-project",
                    ["Embedding__ApiKey"] = "",
                    ["Embedding__Dimensions"] = "256",
                },
            }
        )
        {
            var settings = new Dictionary<string, string>(cluster.Settings);
            foreach (var (name, value) in change)
            {
                settings[name] = value;
            }

            var output = await AppProcess.RefusalAsync(settings);
            Assert.Contains("contains vectors of 'azure-vision-2023-04-15-", output, StringComparison.Ordinal);
            Assert.Contains("Change Embedding:Provider and Embedding:Model back", output, StringComparison.Ordinal);
        }
    }

    /// <param name="retryTimeout">By default longer than a busy machine takes to answer.</param>
    private static async Task<Cluster> StartAsync(AzureVisionServer server, int apps, string retryTimeout = "00:03:00")
    {
        await server.StartAsync();
        return await Cluster.StartAsync(
            apps,
            settings: new()
            {
                ["Embedding__Provider"] = "azure-vision",
                ["Embedding__Endpoint"] = server.Address,
                ["Embedding__ApiKey"] = AzureVisionServer.Key,
                ["Embedding__RetryTimeout"] = retryTimeout,
            }
        );
    }

    private static async Task<JsonElement> SearchAsync(AppProcess app, string text)
    {
        using var response = await app.Http.GetAsync($"/api/search?text={Uri.EscapeDataString(text)}");
        Assert.True(response.IsSuccessStatusCode, app.Output);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
