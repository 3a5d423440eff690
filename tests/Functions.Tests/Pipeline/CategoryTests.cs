using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>A team's own categories: from a preview to filters, facets and records, in two workers; and "not this" on a picture.</summary>
public sealed class CategoryTests
{
    private const string Name = "Fruit & more";

    [Fact]
    public async Task All_images_are_compared_with_a_new_category_and_no_worker_forgets_it()
    {
        await using var cluster = await Cluster.StartAsync(apps: 2);
        foreach (var photo in new[] { "fruits", "home", "building" })
        {
            await cluster.TakeInAsync($"{photo}.jpg", Picture.Photo(photo).Jpeg());
        }

        var id = await IdAsync(cluster, "fruits.jpg");
        var preview = await cluster.PostAsync("/api/categories/preview", new { examples = new[] { id }, threshold = 0.9 });
        Assert.Equal(1, preview.GetProperty("count").GetInt32());
        Assert.False(preview.GetProperty("more").GetBoolean());
        Assert.Equal(3, preview.GetProperty("images").GetArrayLength());
        Assert.Equal(id, preview.GetProperty("images")[0].GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.OK, await PutAsync(cluster, Name, new { examples = new[] { id }, threshold = 0.9 }));

        // Both workers know it now: one that was asked, and one that had an older list in memory.
        await cluster.TakeInAsync("again.png", Picture.Photo("fruits").Png());
        await TaggedAsync(cluster);
        Assert.Contains("images/fruits.jpg", await PathsAsync(cluster));
        Assert.DoesNotContain("images/home.jpg", await PathsAsync(cluster));
        Assert.Equal((await PathsAsync(cluster)).Count, await CountAsync(cluster));
        foreach (var app in cluster.Apps)
        {
            Assert.Equal([Name], await Patience.UntilAsync(() => OfAsync(app, id), names => names.Length > 0));
            var list = await ReadAsync(await app.Http.GetAsync("/api/categories"));
            Assert.Equal(0.9, list.GetProperty("categories")[0].GetProperty("threshold").GetDouble());
            Assert.Equal("completed", list.GetProperty("tagging").GetProperty("status").GetString());
        }

        Assert.DoesNotContain("outdatedDocument", (await cluster.ReconcileAsync(dryRun: true)).GetRawText(), StringComparison.Ordinal);

        // Another threshold reaches what the first did not.
        Assert.Equal(HttpStatusCode.OK, await PutAsync(cluster, "FRUIT & MORE", new { examples = new[] { id }, threshold = -1 }));
        await TaggedAsync(cluster);
        Assert.Empty(await PathsAsync(cluster));
        Assert.Contains("images/home.jpg", await PathsAsync(cluster, "FRUIT & MORE"));

        using (var gone = await cluster.Apps[1].Http.DeleteAsync(Address("fruit & more")))
        {
            Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        }

        await TaggedAsync(cluster);
        Assert.Empty(await PathsAsync(cluster, "FRUIT & MORE"));
        Assert.Empty(await OfAsync(cluster.Apps[0], id));
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task What_is_refused_for_a_picture_stays_refused_until_it_is_taken_back()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        var bytes = Picture.Photo("fruits").Jpeg();
        await cluster.TakeInAsync("fruits.jpg", bytes);
        var id = await IdAsync(cluster, "fruits.jpg");
        Assert.Equal(HttpStatusCode.OK, await PutAsync(cluster, Name, new { prompts = new[] { "fruit" }, threshold = -1 }));
        await TaggedAsync(cluster);
        Assert.Equal(["images/fruits.jpg"], await PathsAsync(cluster));

        await PatchAsync(cluster, id, [new { kind = "categories", name = Name }]);
        Assert.Empty(await PathsAsync(cluster));
        var labels = (await cluster.FindAsync("fruits.jpg"))!.Value.GetProperty("labels");
        Assert.Empty(labels.GetProperty("categories").EnumerateArray());
        Assert.Equal(Name, Assert.Single(labels.GetProperty("refused").EnumerateArray()).GetProperty("name").GetString());

        // Compared again, uploaded again, deleted and uploaded again.
        Assert.Equal(HttpStatusCode.OK, await PutAsync(cluster, Name, new { prompts = new[] { "fruit", "apples" }, threshold = -1 }));
        await TaggedAsync(cluster);
        Assert.Empty(await OfAsync(cluster.Apps[0], id));
        await cluster.TakeInAsync("fruits.jpg", bytes);
        Assert.Empty(await OfAsync(cluster.Apps[0], id));
        await cluster.DeleteAsync("fruits.jpg");
        Assert.True(await cluster.RemoveAsync("fruits.jpg"));
        await Patience.UntilAsync(
            async () =>
            {
                await cluster.DrainAsync();
                return cluster.Table("ImageRecords").Query<Azure.Data.Tables.TableEntity>().Single(row => row.RowKey == id);
            },
            row => !row.ContainsKey("Embedding")
        );
        await cluster.TakeInAsync("fruits.jpg", bytes);
        Assert.Empty(await OfAsync(cluster.Apps[0], id));

        // Other bytes are another picture.
        await cluster.TakeInAsync("fruits.jpg", Picture.Photo("home").Jpeg());
        Assert.Equal([Name], await OfAsync(cluster.Apps[0], id));
        await cluster.TakeInAsync("fruits.jpg", bytes);
        Assert.Empty(await OfAsync(cluster.Apps[0], id));

        await PatchAsync(cluster, id, []);
        Assert.Equal([Name], await OfAsync(cluster.Apps[0], id));
        Assert.Equal(["images/fruits.jpg"], await PathsAsync(cluster));
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task A_category_that_means_nothing_is_refused()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        foreach (
            var (name, body) in new (string, object)[]
            {
                ("Stairs", new { }),
                ("Stairs", new { prompts = new[] { " " } }),
                ("Stairs", new { prompts = Enumerable.Range(0, 6).Select(number => $"stairs {number}") }),
                ("Stairs", new { prompts = new[] { new string('a', 201) } }),
                ("Stairs", new { prompts = new[] { "stairs" }, threshold = 1.1 }),
                ("Stairs", new { examples = new[] { "no id" } }),
                ("a,b", new { prompts = new[] { "stairs" } }),
                ("<b>", new { prompts = new[] { "stairs" } }),
            }
        )
        {
            Assert.Equal((name, HttpStatusCode.BadRequest), (name, await PutAsync(cluster, name, body)));
        }

        Assert.Equal(HttpStatusCode.NotFound, await PutAsync(cluster, "Stairs", new { examples = new[] { new string('0', 32) } }));
        using var none = await cluster.Apps[0].Http.DeleteAsync(Address("Stairs"));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Equal(0, (await cluster.GetAsync("/api/categories")).GetProperty("categories").GetArrayLength());
        using var misnamed = await cluster.Apps[0].Http.GetAsync("/api/browse?categories=%3Cb%3E");
        Assert.Equal(HttpStatusCode.BadRequest, misnamed.StatusCode);
    }

    private static async Task<string> IdAsync(Cluster cluster, string name) =>
        (await cluster.FindAsync(name))!.Value.GetProperty("id").GetString()!;

    private static string Address(string name) => $"/api/categories/{Uri.EscapeDataString(name)}";

    private static async Task<HttpStatusCode> PutAsync(Cluster cluster, string name, object body)
    {
        using var response = await cluster.Apps[0].Http.PutAsJsonAsync(Address(name), body);
        return response.StatusCode;
    }

    private static async Task PatchAsync(Cluster cluster, string id, object[] refused)
    {
        using var response = await cluster.Apps[0].Http.PatchAsJsonAsync($"/api/images/{id}", new { refused });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>Delivers messages until the job is over.</summary>
    private static async Task TaggedAsync(Cluster cluster) =>
        await Patience.UntilAsync(
            async () =>
            {
                await cluster.DrainOnceAsync("job-step", "JobStep");
                return (await cluster.GetAsync("/api/categories")).GetProperty("tagging").GetProperty("status").GetString();
            },
            status => status == "completed"
        );

    private static async Task<List<string>> PathsAsync(Cluster cluster, string category = Name) =>
        [
            .. (await cluster.GetAsync($"/api/browse?categories={Uri.EscapeDataString(category)}"))
                .GetProperty("images")
                .EnumerateArray()
                .Select(image => image.GetProperty("path").GetString()!),
        ];

    private static async Task<int> CountAsync(Cluster cluster) =>
        (await cluster.GetAsync("/api/facets?facets=categories"))
            .GetProperty("facets")
            .GetProperty("categories")
            .EnumerateArray()
            .Single(one => one.GetProperty("value").GetString() == Name)
            .GetProperty("count")
            .GetInt32();

    private static async Task<string[]> OfAsync(AppProcess app, string id) =>
        [
            .. (await ReadAsync(await app.Http.GetAsync($"/api/images/{id}")))
                .GetProperty("labels")
                .GetProperty("categories")
                .EnumerateArray()
                .Select(label => label.GetProperty("name").GetString()!),
        ];

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }
    }
}
