using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Search.Documents.Models;
using Functions.Tests.Embeddings;
using Functions.Tests.Embeddings.Generated;
using Functions.Tests.Pipeline;
using Functions.Tests.Sheets;
using Shared;

namespace Functions.Tests.Migration;

/// <summary>
/// Two instances change their model under load: the old index answers until the switch, both indexes follow every change, no request
/// fails, decisions of people hold, nothing moves, and the switch can be taken back.
/// </summary>
[Long]
public sealed class MigrationTests : IDisposable
{
    private const string Address = "/api/models/migrate";

    private readonly string root = Directory.CreateTempSubdirectory("migration-").FullName;
    private readonly TokenizerFolders tokenizers = new();

    [Fact]
    public async Task A_model_is_changed_under_load_and_changed_back_without_a_failed_request()
    {
        await using var cluster = await StartAsync();
        await FillAsync(cluster);
        var before = await RecordsAsync(cluster);
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => SearchUntilAsync(cluster, stop.Token)));

        var started = await cluster.PostAsync(Address, new { model = Model("green") });
        Assert.Equal("filling", started.GetProperty("status").GetString());
        Assert.Equal("images-green", started.GetProperty("other").GetProperty("index").GetString());
        Assert.StartsWith(
            "blue",
            Path.GetFileName(started.GetProperty("inForce").GetProperty("name").GetString()),
            StringComparison.Ordinal
        );

        // A second one waits for the first, and nobody switches to an empty index.
        using (var second = await cluster.Apps[1].Http.PostAsJsonAsync(Address, new { model = Model("third") }))
        {
            Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        }

        using (var early = await cluster.Apps[0].Http.PostAsync($"{Address}/switch", null))
        {
            Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
            Assert.Contains("images are missing", await early.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        // Both instances know of the second index; what is uploaded now goes to both.
        await UntilAsync(cluster, view => view.GetProperty("job").ValueKind == JsonValueKind.String);
        await cluster.TakeInAsync("during.jpg", Picture.Scene(7).Jpeg());
        await DrainAsync(cluster, view => view.GetProperty("status").GetString() == "full");
        var full = await MigrationAsync(cluster);
        Assert.Equal(
            full.GetProperty("inForce").GetProperty("documents").GetInt64(),
            full.GetProperty("other").GetProperty("documents").GetInt64()
        );
        Assert.Equal("blue", await AnsweringAsync(cluster));
        // On a busy machine a report now and then comes without it.
        var compared = await UntilAsync(cluster, view => view.GetProperty("comparison").ValueKind == JsonValueKind.Object);
        var comparison = compared.GetProperty("comparison");
        Assert.True(comparison.GetProperty("queries").GetInt32() >= 5, comparison.ToString());
        Assert.InRange(comparison.GetProperty("overlapAt10").GetDouble(), 0.01, 1);

        var switched = await cluster.PostAsync($"{Address}/switch");
        Assert.Equal("switched", switched.GetProperty("status").GetString());
        await UntilAnswersAsync(cluster, "green");
        await AssertSameRecordsAsync(cluster, before);

        // Records take over the vectors of the model in force; what was judged stays judged.
        await DrainAsync(cluster, view => view.GetProperty("job").ValueKind == JsonValueKind.String);
        await Patience.UntilAsync(async () =>
        {
            await cluster.DrainAsync();
            var rows = cluster.Table("ImageRecords").Query<Azure.Data.Tables.TableEntity>(select: ["State", "Model"]);
            return rows.Where(row => row.GetString("State") == "Indexed").All(row => row.GetString("Model") == "green");
        });
        await AssertSameRecordsAsync(cluster, before);
        await AssertIndexAsync(cluster, "images-green", "green");

        // What is uploaded, deleted and tagged now reaches the previous index too.
        await cluster.TakeInAsync("after.jpg", Picture.Scene(8).Jpeg());
        await cluster.TakeInAsync("copy-of-after.jpg", Picture.Scene(8).Jpeg(70));
        await cluster.DeleteAsync("third.jpg");
        Assert.True(await cluster.RemoveAsync("third.jpg"));
        await cluster.DrainAsync();
        Assert.Equal("quarantined", await cluster.StatusAsync("copy-of-after.jpg"));
        await AssertIndexAsync(cluster, "images", "blue");
        await AssertPagesAsync(cluster, "images-green-parts", "green");

        var back = await cluster.PostAsync($"{Address}/rollback");
        Assert.Equal("none", back.GetProperty("status").GetString());
        await UntilAnswersAsync(cluster, "blue");
        await cluster.DrainAsync();
        await AssertIndexAsync(cluster, "images", "blue");
        await AssertDecisionAsync(cluster);

        await stop.CancelAsync();
        var requests = (await load).Sum();
        Assert.True(requests > 50, $"{requests} requests");
        var reconciled = await cluster.ReconcileAsync();
        Assert.Equal(0, reconciled.GetProperty("failed").GetInt32());
        await cluster.DrainAsync();
        await AssertIndexAsync(cluster, "images", "blue");
    }

    [Fact]
    public async Task An_unknown_model_is_refused_in_one_sentence_and_nothing_changes()
    {
        await using var cluster = await StartAsync(apps: 1);
        using var unknown = await cluster.Apps[0].Http.PostAsJsonAsync(Address, new { model = "no-such-model" });
        Assert.Equal(HttpStatusCode.Conflict, unknown.StatusCode);
        Assert.Contains("models list", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var unpulled = await cluster.Apps[0].Http.PostAsJsonAsync(Address, new { model = "clip-vit-l-14" });
        Assert.Equal(HttpStatusCode.Conflict, unpulled.StatusCode);
        Assert.Contains(
            "dotnet run --project local -- models pull clip-vit-l-14",
            await unpulled.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        using var same = await cluster.Apps[0].Http.PostAsJsonAsync(Address, new { model = Model("blue") });
        Assert.Equal(HttpStatusCode.Conflict, same.StatusCode);
        using var nothing = await cluster.Apps[0].Http.PostAsync($"{Address}/rollback", null);
        Assert.Equal(HttpStatusCode.Conflict, nothing.StatusCode);
        using var work = await cluster.Apps[0].Http.PostAsJsonAsync("/api/backfill", new { container = "images", work = "fill" });
        Assert.Equal(HttpStatusCode.BadRequest, work.StatusCode);
        Assert.Equal("none", (await MigrationAsync(cluster)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_changed_setting_migrates_by_itself_and_a_restart_continues()
    {
        await using var cluster = await StartAsync(apps: 1);
        await FillAsync(cluster);
        var before = await RecordsAsync(cluster);
        await RestartAsync(cluster, Model("green"));
        Assert.Equal("blue", await AnsweringAsync(cluster));
        await UntilAsync(cluster, view => view.GetProperty("job").ValueKind == JsonValueKind.String);

        // Killed in the middle: the next start goes on where the ledger says.
        await cluster.Apps[0].KillAsync();
        await cluster.Apps[0].DisposeAsync();
        cluster.Apps.Clear();
        await cluster.AddAppAsync();
        Assert.Equal("blue", await AnsweringAsync(cluster));
        await DrainAsync(cluster, view => view.GetProperty("status").GetString() == "switched");
        await UntilAnswersAsync(cluster, "green");
        await DrainAsync(cluster, view => view.GetProperty("job").ValueKind == JsonValueKind.String);
        await cluster.DrainAsync();
        await AssertSameRecordsAsync(cluster, before);
        await AssertIndexAsync(cluster, "images-green", "green");

        // The row, not the first setting, says what is in force after another start.
        await RestartAsync(cluster, Model("green"));
        Assert.Equal("green", await AnsweringAsync(cluster));
        await cluster.SendDeleteAsync(Address);
        Assert.Equal("none", (await MigrationAsync(cluster)).GetProperty("status").GetString());
        Assert.Equal("green", await AnsweringAsync(cluster));
    }

    public void Dispose()
    {
        tokenizers.Dispose();
        Directory.Delete(root, recursive: true);
    }

    private Task<Cluster> StartAsync(int apps = 2) =>
        Cluster.StartAsync(apps, visibilityWindow: TimeSpan.FromSeconds(1), settings: new() { ["Embedding__Model"] = Model("blue") });

    private static async Task RestartAsync(Cluster cluster, string model)
    {
        await cluster.Apps[0].DisposeAsync();
        cluster.Apps.Clear();
        cluster.Settings["Embedding__Model"] = model;
        await cluster.AddAppAsync();
    }

    private static async Task FillAsync(Cluster cluster)
    {
        await cluster.TakeInAsync("first.jpg", Picture.Scene(1).Jpeg());
        await cluster.TakeInAsync("copy.jpg", Picture.Scene(1).Jpeg(80));
        await cluster.TakeInAsync("second.jpg", Picture.Scene(2).Jpeg());
        await cluster.TakeInAsync("third.jpg", Picture.Scene(3).Jpeg());
        await cluster.TakeInAsync("fourth.jpg", Picture.Scene(4).Jpeg());
        await cluster.TakeInAsync("judged-apart.jpg", Picture.Scene(2).Jpeg(80));
        using var restored = await cluster.RestoreAsync((await cluster.FindAsync("judged-apart.jpg"))!.Value);
        Assert.True(restored.IsSuccessStatusCode, await restored.Content.ReadAsStringAsync());
        await cluster.DrainAsync();
        await AssertDecisionAsync(cluster);
    }

    /// <summary>A person said that these two are different: whatever the model, neither displaces the other.</summary>
    private static async Task AssertDecisionAsync(Cluster cluster)
    {
        Assert.Equal("quarantined", await cluster.StatusAsync("copy.jpg"));
        Assert.Equal("indexed", await cluster.StatusAsync("second.jpg"));
        Assert.Equal("indexed", await cluster.StatusAsync("judged-apart.jpg"));
    }

    private static async Task AssertSameRecordsAsync(Cluster cluster, IReadOnlyDictionary<string, string> before)
    {
        foreach (var (name, said) in before)
        {
            Assert.Equal((name, said), (name, Verdict((await cluster.FindAsync(name))!.Value)));
        }

        await AssertDecisionAsync(cluster);
    }

    private static async Task<Dictionary<string, string>> RecordsAsync(Cluster cluster)
    {
        var records = new Dictionary<string, string>();
        foreach (var name in new[] { "first.jpg", "copy.jpg", "second.jpg", "third.jpg", "fourth.jpg", "judged-apart.jpg" })
        {
            records[name] = Verdict((await cluster.FindAsync(name))!.Value);
        }

        return records;
    }

    private static string Verdict(JsonElement record) =>
        $"{record.GetProperty("status")} {record.GetProperty("verdict")} {record.GetProperty("duplicateOf")} {record.GetProperty("decidedAt")}";

    /// <summary>The index has exactly the live images, each with a vector of this model.</summary>
    private static async Task AssertIndexAsync(Cluster cluster, string index, string model)
    {
        var found = await cluster
            .Index(index)
            .SearchAsync<SearchDocument>("*", new Azure.Search.Documents.SearchOptions { Size = 1000, Select = { "path", "model" } });
        var documents = new List<string>();
        await foreach (var result in found.Value.GetResultsAsync())
        {
            Assert.Equal(model, result.Document["model"]);
            documents.Add((string)result.Document["path"]);
        }

        var live = cluster
            .Table("ImageRecords")
            .Query<Azure.Data.Tables.TableEntity>(select: ["State", "Path"])
            .Where(row => row.GetString("State") == "Indexed")
            .Select(row => row.GetString("Path"));
        Assert.Equal(live.Order(StringComparer.Ordinal), documents.Order(StringComparer.Ordinal));
    }

    /// <summary>The pages of a document are made by the model that is in force, not by the one of the settings.</summary>
    private static async Task AssertPagesAsync(Cluster cluster, string index, string model)
    {
        await cluster.TakeInAsync("sheet.tif", SheetFile.Tiff(Picture.Scene(11).Png(), Picture.Scene(12).Png()));
        await cluster.DrainAsync();
        Assert.Equal(2, (await cluster.GetAsync("/api/images?path=sheet.tif%23page=2")).GetProperty("page").GetInt32());
        var found = await cluster.Index(index).SearchAsync<SearchDocument>("*", new() { Select = { "model" } });
        Assert.Equal([model, model], await found.Value.GetResultsAsync().Select(result => result.Document["model"]).ToListAsync());
        await cluster.DeleteAsync("sheet.tif");
        Assert.True(await cluster.RemoveAsync("sheet.tif"), cluster.Output);
        await cluster.DrainAsync();
    }

    private static async Task<int> SearchUntilAsync(Cluster cluster, CancellationToken stop)
    {
        var requests = 0;
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (; !stop.IsCancellationRequested; requests++)
        {
            await pause.WaitForNextTickAsync(CancellationToken.None);
            var app = cluster.Apps[requests % cluster.Apps.Count];
            using var byWords = await app.Http.GetAsync("/api/search?text=a%20red%20square&top=5", CancellationToken.None);
            Assert.True(byWords.IsSuccessStatusCode, await byWords.Content.ReadAsStringAsync(CancellationToken.None));
            var results = (await byWords.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("results");
            Assert.NotEqual(0, results.GetArrayLength());
            using var similar = await app.Http.GetAsync(
                $"/api/images/{new Serverless.Storage.ImagePath("images", "first.jpg").Id}/similar",
                CancellationToken.None
            );
            Assert.True(similar.IsSuccessStatusCode, await similar.Content.ReadAsStringAsync(CancellationToken.None));
        }

        return requests;
    }

    private static Task<JsonElement> MigrationAsync(Cluster cluster) => cluster.GetAsync(Address);

    private static async Task<string> AnsweringAsync(Cluster cluster)
    {
        using var response = await cluster.Apps[0].Http.GetAsync("/api/health");
        var health = await response.Content.ReadFromJsonAsync<JsonElement>();
        return health.GetProperty("model").GetProperty("name").GetString()!;
    }

    private static Task UntilAnswersAsync(Cluster cluster, string model) =>
        Patience.UntilAsync(async () =>
        {
            foreach (var app in cluster.Apps)
            {
                using var response = await app.Http.GetAsync("/api/health");
                var health = await response.Content.ReadFromJsonAsync<JsonElement>();
                if (health.GetProperty("model").GetProperty("name").GetString() != model)
                {
                    return false;
                }
            }

            return true;
        });

    private static Task<JsonElement> UntilAsync(Cluster cluster, Func<JsonElement, bool> isSo) =>
        Patience.UntilAsync(() => MigrationAsync(cluster), isSo);

    private static Task DrainAsync(Cluster cluster, Func<JsonElement, bool> isSo) =>
        Patience.UntilAsync(async () =>
        {
            await cluster.DrainAsync();
            return isSo(await MigrationAsync(cluster));
        });

    private string Model(string name)
    {
        var folder = Path.Combine(root, name);
        if (!Directory.Exists(folder))
        {
            var shape = DualEncoderShape.TinyClip;
            GeneratedModel.Write(
                folder,
                name == "blue" ? shape : shape with { Vision = shape.Vision with { Layers = 1 }, Projection = 48 },
                tokenizers["clip"]
            );
        }

        return folder;
    }
}
