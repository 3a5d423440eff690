using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Functions.Tests.Embeddings.Hosted;
using Functions.Tests.Pipeline;
using Shared;

namespace Functions.Tests.Describe;

/// <summary>The whole app with a model that describes: its executable on Azurite and the search emulator, and a local endpoint.</summary>
[Long]
public sealed class DescribeAppTests
{
    [Fact]
    public async Task Pictures_are_described_after_their_verdict_found_by_that_and_paid_for_once()
    {
        await using var server = new ChatServer();
        await using var cluster = await StartAsync(server, apps: 2);
        await cluster.TakeInAsync("shop/red.png", Flat.Png(220, 30, 20, 2000, 900));
        Assert.Equal("indexed", await cluster.StatusAsync("shop/red.png"));
        await cluster.TakeInAsync("private/blue.png", Flat.Png(30, 40, 220));
        await cluster.DrainAsync();

        var red = (await cluster.FindAsync("shop/red.png"))!.Value;
        Assert.Equal("A red field with a darker corner.", red.GetProperty("altText").GetString());
        Assert.Equal(ChatServer.Model, red.GetProperty("described").GetProperty("model").GetString());
        Assert.Equal(JsonValueKind.Null, (await cluster.FindAsync("private/blue.png"))!.Value.GetProperty("described").ValueKind);
        var sent = new SentImage(ChatServer.PictureOf(Assert.Single(server.Requests)));
        Assert.Equal(512, sent.LongSide);
        Assert.Empty(sent.Metadata());

        foreach (var (text, matched) in new[] { ("painted cardboard", "description"), ("4711", "visibleText"), ("corner", "altText") })
        {
            var found = await FirstAsync(cluster, $"text={text}&mode=words");
            Assert.Equal("images/shop/red.png", found.GetProperty("path").GetString());
            Assert.Contains(matched, found.GetProperty("matched").EnumerateArray().Select(item => item.GetString()));
            Assert.Equal("A red field with a darker corner.", found.GetProperty("alt").GetString());
        }

        // The same bytes under another name are known, whoever works on them.
        await cluster.DeleteAsync("shop/red.png");
        Assert.True(await cluster.RemoveAsync("shop/red.png"));
        await cluster.DrainAsync();
        await cluster.TakeInAsync("shop/again.png", Flat.Png(220, 30, 20, 2000, 900));
        await cluster.DrainAsync();
        Assert.Equal(
            "A red field with a darker corner.",
            (await cluster.FindAsync("shop/again.png"))!.Value.GetProperty("altText").GetString()
        );
        Assert.Single(server.Requests);

        var month = await cluster.GetAsync("/api/descriptions");
        Assert.Equal((1, 1000), (month.GetProperty("images").GetInt32(), month.GetProperty("inputTokens").GetInt32()));
        Assert.Equal(0.0028m, month.GetProperty("usd").GetDecimal());
        Assert.DoesNotContain(ChatServer.Key, cluster.Output, StringComparison.Ordinal);
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task An_edit_stays_whatever_happens_to_the_picture()
    {
        await using var server = new ChatServer();
        await using var cluster = await StartAsync(server, apps: 1);
        await cluster.TakeInAsync("shop/red.png", Flat.Png(220, 30, 20));
        var id = (await cluster.FindAsync("shop/red.png"))!.Value.GetProperty("id").GetString();

        // Written before the model has said anything.
        var edited = await PatchAsync(cluster, id, new { altText = "Our <b>new</b> packaging" });
        Assert.Equal("Our <b>new</b> packaging", edited.GetProperty("altText").GetString());
        await cluster.DrainAsync();
        await cluster.Blob("shop/red.png").SetMetadataAsync(new Dictionary<string, string> { ["project"] = "x" });
        Assert.True(await cluster.IngestAsync("shop/red.png"), cluster.Output);
        await cluster.DrainAsync();

        var now = (await cluster.FindAsync("shop/red.png"))!.Value;
        Assert.Equal("Our <b>new</b> packaging", now.GetProperty("altText").GetString());
        Assert.Contains("painted cardboard", now.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal("altText", now.GetProperty("described").GetProperty("edited")[0].GetString());
        Assert.Equal("Our <b>new</b> packaging", (await FirstAsync(cluster, "text=packaging&mode=words")).GetProperty("alt").GetString());
        Assert.Single(server.Requests);

        // Other bytes at the path are another picture.
        await cluster.UploadAsync("shop/red.png", Flat.Png(20, 200, 40));
        Assert.True(await cluster.IngestAsync("shop/red.png"), cluster.Output);
        await cluster.DrainAsync();
        Assert.Equal(
            "A green field with a darker corner.",
            (await cluster.FindAsync("shop/red.png"))!.Value.GetProperty("altText").GetString()
        );

        foreach (var wrong in new object[] { new { altText = new string('x', 501) }, new { description = new string('x', 4001) }, new { } })
        {
            using var response = await cluster.Apps[0].Http.PatchAsJsonAsync($"/api/images/{id}", wrong);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [Fact]
    public async Task An_endpoint_that_is_away_holds_nothing_up_and_a_backfill_makes_good_for_it_within_the_cap()
    {
        await using var server = new ChatServer();
        await using var cluster = await StartAsync(
            server,
            apps: 1,
            ("Describe__MonthlyImages", "2"),
            ("Describe__RequestsPerMinute", "600")
        );
        server.IsDown = true;
        foreach (var (name, picture) in new[] { ("a", Flat.Png(220, 30, 20)), ("b", Flat.Png(20, 200, 40)), ("c", Flat.Png(30, 40, 220)) })
        {
            await cluster.TakeInAsync($"shop/{name}.png", picture);
            Assert.Equal("indexed", await cluster.StatusAsync($"shop/{name}.png"));
        }

        // The last attempt of many.
        var record = (await cluster.FindAsync("shop/a.png"))!.Value;
        var message = new
        {
            id = record.GetProperty("id").GetString(),
            sha256 = record.GetProperty("sha256").GetString(),
            attempts = 11,
        };
        Assert.True(await cluster.Apps[0].TriggerAsync(Trigger.Message("DescribeImage", JsonSerializer.Serialize(message))));
        var problem = (await cluster.FindAsync("shop/a.png"))!.Value.GetProperty("described").GetProperty("problem").GetString();
        Assert.Contains("is not available at the moment (503)", problem, StringComparison.Ordinal);
        Assert.Contains("It will not be retried automatically", problem, StringComparison.Ordinal);

        server.IsDown = false;
        await cluster.Queue("describe-image").ClearMessagesAsync();
        var estimate = await BackfillAsync(
            cluster,
            new
            {
                container = "images",
                work = "describe",
                dryRun = true,
            }
        );
        Assert.Equal(3, estimate.GetProperty("queued").GetInt32());
        await BackfillAsync(cluster, new { container = "images", work = "describe" });
        await Patience.UntilAsync(
            async () =>
            {
                await cluster.DrainOnceAsync("describe-image", "DescribeImage");
                return (await cluster.GetAsync("/api/descriptions")).GetProperty("cap").ValueKind == JsonValueKind.String
                    && (await DescribedAsync(cluster)).Count(item => item.GetProperty("problem").ValueKind == JsonValueKind.String) == 1;
            },
            "two pictures that are described, and one that waits for the next month"
        );
        var described = await DescribedAsync(cluster);
        Assert.Equal(2, described.Count(item => item.GetProperty("model").ValueKind == JsonValueKind.String));
        Assert.Contains(
            described,
            item => item.GetProperty("problem").GetString()?.Contains("The 2 pictures of", StringComparison.Ordinal) == true
        );
        await cluster.AssertConsistentAsync();
    }

    private static async Task<IReadOnlyList<JsonElement>> DescribedAsync(Cluster cluster)
    {
        var described = new List<JsonElement>();
        foreach (var name in new[] { "a", "b", "c" })
        {
            described.Add((await cluster.FindAsync($"shop/{name}.png"))!.Value.GetProperty("described"));
        }

        return [.. described.Where(item => item.ValueKind == JsonValueKind.Object)];
    }

    private static async Task<JsonElement> BackfillAsync(Cluster cluster, object request)
    {
        var id = (await cluster.PostAsync("/api/backfill", request)).GetProperty("id").GetString();
        return await Patience.UntilAsync(
            async () =>
            {
                await cluster.DrainOnceAsync("backfill-page", "BackfillPage");
                await cluster.DrainOnceAsync("backfill-slice", "BackfillSlice");
                return await cluster.GetAsync($"/api/backfill/{id}");
            },
            job => job.GetProperty("status").GetString() == "completed"
        );
    }

    private static async Task<JsonElement> PatchAsync(Cluster cluster, string? id, object change)
    {
        using var response = await cluster.Apps[0].Http.PatchAsJsonAsync($"/api/images/{id}", change);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<JsonElement> FirstAsync(Cluster cluster, string query) =>
        (await cluster.GetAsync($"/api/search?{query}")).GetProperty("results")[0];

    private static async Task<Cluster> StartAsync(ChatServer server, int apps, params (string Name, string Value)[] settings)
    {
        await server.StartAsync();
        var all = new Dictionary<string, string>
        {
            ["Describe__Provider"] = "chat",
            ["Describe__Endpoint"] = server.Endpoint,
            ["Describe__Model"] = ChatServer.Model,
            ["Describe__ApiKey"] = ChatServer.Key,
            ["Describe__Prefix"] = "shop/",
            ["Describe__InputPrice"] = "2",
            ["Describe__OutputPrice"] = "8",
            ["Describe__LongSide"] = "512",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return await Cluster.StartAsync(apps, visibilityWindow: TimeSpan.FromSeconds(1), settings: all);
    }
}
