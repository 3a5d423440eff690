using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Functions.Tests.Pipeline;
using Shared;

namespace Functions.Tests.Rules;

/// <summary>A rule is previewed, applied to everything it finds, and undone.</summary>
[Long]
public sealed class RuleTests(RuleTests.Shared shared) : IClassFixture<RuleTests.Shared>
{
    private readonly Cluster cluster = shared.Cluster;

    [Fact]
    public async Task The_larger_of_each_pair_is_kept_and_an_undo_swaps_all_back()
    {
        var (one, other) = (Picture.Scene(801, 800, 600), Picture.Scene(802, 800, 600));
        await TakeInAsync("keep/one", one.Resized(0.5).Jpeg(95), one.Jpeg(40), larger: true);
        await TakeInAsync("keep/other", other.Jpeg(92), other.Resized(0.5).Jpeg());
        await cluster.TakeInAsync("keep/other/more.jpg", other.Resized(0.25).Jpeg());
        object rule = new
        {
            search = new { movedPrefix = "keep/" },
            keep = new[] { new { by = "larger" }, new { by = "older" } },
            action = "keep",
        };

        var preview = await PreviewAsync(rule);
        Assert.Equal((2, 3, 1), (Count(preview, "groups"), Count(preview, "pairs"), Count(preview, "changes")));
        var pairs = preview.GetProperty("pairs").EnumerateArray().ToDictionary(pair => Text(pair, "moved.path"));
        Assert.Equal("swap", pairs["images/keep/one/copy.jpg"].GetProperty("moves")[0].GetString());
        Assert.Equal(800, pairs["images/keep/one/copy.jpg"].GetProperty("moved").GetProperty("width").GetInt32());
        Assert.Equal("alreadySo", Text(pairs["images/keep/other/copy.jpg"], "obstacle"));
        await AssertAsync(("keep/one/first.jpg", "indexed"), ("keep/one/copy.jpg", "quarantined"));

        var applied = await RunAsync("/api/rules", rule);
        Assert.Equal((1, 1, 0), (applied.GetProperty("total").GetInt32(), Number(applied, "done"), Number(applied, "left")));
        Assert.Equal("images/keep/one/copy.jpg", Text(Assert.Single(applied.GetProperty("changes").EnumerateArray()), "moved.path"));
        await AssertAsync(("keep/one/first.jpg", "quarantined"), ("keep/one/copy.jpg", "indexed"), ("keep/other/first.jpg", "indexed"));
        Assert.Equal(0, Count(await PreviewAsync(rule), "changes"));

        var undone = await RunAsync($"/api/rules/{Text(applied, "id")}/undo", null);
        Assert.Equal((Text(applied, "id"), 1), (Text(undone, "undoOf"), Number(undone, "done")));
        await AssertAsync(("keep/one/first.jpg", "indexed"), ("keep/one/copy.jpg", "quarantined"), ("keep/other/copy.jpg", "quarantined"));
        using var again = await SendAsync($"/api/rules/{Text(undone, "id")}/undo", null);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task Losers_go_to_the_trash_with_their_tags_kept_and_come_back_out_of_it()
    {
        var scene = Picture.Scene(803, 800, 600);
        await cluster.TakeInAsync("bin/incoming/a.jpg", scene.Jpeg(92));
        await TagAsync("bin/incoming/a.jpg", "harbour", "red");
        await cluster.TakeInAsync("bin/master/a.jpg", scene.Jpeg(80));
        await cluster.TakeInAsync("bin/incoming/b.jpg", scene.Jpeg(70));
        object rule = new
        {
            search = new { keptPrefix = "images/bin/", minSimilarity = 0.5 },
            keep = new object[] { new { by = "prefix", prefixes = new[] { "bin/master/" } }, new { by = "older" } },
            action = "trash",
            merge = true,
        };
        var applied = await RunAsync("/api/rules", rule);
        Assert.Equal((2, 0), (Number(applied, "done"), Number(applied, "left")));
        Assert.Equal(
            (await Task.WhenAll(RecordAsync("bin/incoming/a.jpg"), RecordAsync("bin/incoming/b.jpg"))).Sum(record =>
                record.GetProperty("bytes").GetInt64()
            ),
            applied.GetProperty("counts").GetProperty("bytesFreed").GetInt64()
        );
        Assert.Equal("indexed", await cluster.StatusAsync("bin/master/a.jpg"));
        Assert.Equal(["harbour", "red"], Tags(await RecordAsync("bin/master/a.jpg")));
        string[] losers = ["bin/incoming/a.jpg", "bin/incoming/b.jpg"];
        Assert.All(await Task.WhenAll(losers.Select(RecordAsync)), loser => Assert.NotEqual("", Text(loser, "trashedAt")));

        // One of them is taken out by hand, and restored: the undo leaves that as it is.
        using var restored = await cluster.RestoreAsync(await RecordAsync("bin/incoming/b.jpg"));
        Assert.True(restored.IsSuccessStatusCode);
        var undone = await RunAsync($"/api/rules/{Text(applied, "id")}/undo", null);
        Assert.Equal((1, 1), (Number(undone, "done"), Number(undone, "left")));
        await AssertAsync(("bin/incoming/a.jpg", "indexed"), ("bin/master/a.jpg", "quarantined"), ("bin/incoming/b.jpg", "indexed"));
        Assert.Empty(Tags(await RecordAsync("bin/master/a.jpg")));
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task All_that_a_search_finds_can_be_put_back_and_moved_again()
    {
        var scene = Picture.Scene(804, 800, 600);
        await TakeInAsync("back", scene.Jpeg(92), scene.Jpeg(80));
        object rule = new { search = new { movedPrefix = "back/", verdict = "copy" }, action = "restore" };
        var applied = await RunAsync("/api/rules", rule);
        await AssertAsync(("back/first.jpg", "indexed"), ("back/copy.jpg", "indexed"));
        await RunAsync($"/api/rules/{Text(applied, "id")}/undo", null);
        await AssertAsync(("back/first.jpg", "indexed"), ("back/copy.jpg", "quarantined"));
        var listed = await cluster.GetAsync("/api/rules");
        Assert.Contains(listed.GetProperty("jobs").EnumerateArray(), job => Text(job, "id") == Text(applied, "id"));
    }

    [Fact]
    public async Task A_pair_that_cannot_be_changed_is_left_with_its_reason()
    {
        var scene = Picture.Scene(805, 800, 600);
        await TakeInAsync("taken", scene.Resized(0.5).Jpeg(95), scene.Jpeg(40), larger: true);
        await cluster.Blob("taken/copy.jpg").UploadAsync(BinaryData.FromBytes(Picture.Scene(806).Jpeg()));
        var applied = await RunAsync(
            "/api/rules",
            new
            {
                search = new { movedPrefix = "taken/" },
                keep = new[] { new { by = "larger" } },
                action = "keep",
            }
        );
        Assert.Equal((0, 1), (Number(applied, "done"), Number(applied, "left")));
        Assert.Equal("Another image has taken its path.", Text(applied.GetProperty("changes")[0], "reason"));
        await cluster.DeleteAsync("taken/copy.jpg");
    }

    [Fact]
    public async Task What_is_no_rule_is_refused_with_a_sentence()
    {
        object[] wrong =
        [
            new { action = "keep" },
            new { action = "burn", keep = new[] { new { by = "larger" } } },
            new { keep = new[] { new { by = "larger" } } },
            new { action = "keep", keep = new[] { new { by = "prefix" } } },
            new { action = "keep", keep = new[] { new { by = "nicer" } } },
            new
            {
                action = "trash",
                keep = new[] { new { by = "kept" } },
                search = new { status = "lookAlike" },
            },
            new { action = "restore", search = new { minSimilarity = 2 } },
            new { action = "restore", neverLose = new[] { "" } },
        ];
        foreach (var rule in wrong)
        {
            using var refused = await SendAsync("/api/rules/preview", rule);
            Assert.Equal((rule, HttpStatusCode.BadRequest), (rule, refused.StatusCode));
            Assert.NotEqual("", Text(await refused.Content.ReadFromJsonAsync<JsonElement>(), "detail"));
        }

        using var unknown = await SendAsync($"/api/rules/{new string('0', 32)}/undo", null);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private async Task TakeInAsync(string folder, byte[] first, byte[] copy, bool larger = false)
    {
        await cluster.TakeInAsync($"{folder}/first.jpg", first);
        await cluster.TakeInAsync($"{folder}/copy.jpg", copy);
        if (larger)
        {
            // The rules keep a larger copy beside the smaller one; a person calls it a copy.
            using var moved = await SendAsync($"/api/duplicates/{Text(await RecordAsync($"{folder}/copy.jpg"), "id")}/quarantine", null);
            Assert.True(moved.IsSuccessStatusCode, await moved.Content.ReadAsStringAsync());
        }

        Assert.Equal("quarantined", await cluster.StatusAsync($"{folder}/copy.jpg"));
    }

    private async Task TagAsync(string name, params string[] tags)
    {
        using var changed = await cluster.Apps[0].Http.PatchAsJsonAsync($"/api/images/{Text(await RecordAsync(name), "id")}", new { tags });
        Assert.True(changed.IsSuccessStatusCode, await changed.Content.ReadAsStringAsync());
    }

    /// <summary>All pages as one.</summary>
    private async Task<JsonElement> PreviewAsync(object rule)
    {
        using var reply = await SendAsync("/api/rules/preview?top=500", rule);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
        var preview = await reply.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(JsonValueKind.Null, preview.GetProperty("continuation").ValueKind);
        return preview;
    }

    /// <summary>Starts a job and does its steps.</summary>
    private async Task<JsonElement> RunAsync(string route, object? rule)
    {
        using var started = await SendAsync(route, rule);
        Assert.True(started.StatusCode == HttpStatusCode.Accepted, await started.Content.ReadAsStringAsync());
        return await Patience.UntilAsync(
            async () =>
            {
                await cluster.DrainOnceAsync("job-step", "JobStep");
                return await cluster.GetAsync(started.Headers.Location!.OriginalString);
            },
            job => Text(job, "status") != "running"
        );
    }

    private Task<HttpResponseMessage> SendAsync(string route, object? body) => cluster.Apps[0].Http.PostAsJsonAsync(route, body ?? new { });

    private async Task AssertAsync(params (string Name, string Status)[] expected)
    {
        await cluster.DrainAsync();
        foreach (var (name, status) in expected)
        {
            Assert.Equal((name, status), (name, await cluster.StatusAsync(name)));
        }
    }

    private Task<JsonElement> RecordAsync(string name) => cluster.GetAsync($"/api/images?path={Uri.EscapeDataString(name)}");

    private static int Count(JsonElement preview, string name) => preview.GetProperty("counts").GetProperty(name).GetInt32();

    private static int Number(JsonElement job, string name) => job.GetProperty(name).GetInt32();

    private static IEnumerable<string?> Tags(JsonElement record) =>
        record.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()).Order(StringComparer.Ordinal);

    private static string Text(JsonElement element, string path) =>
        path.Split('.').Aggregate(element, (at, name) => at.GetProperty(name)).GetString() ?? "";

    /// <summary>One worker: a rule is one job at a time.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        internal Cluster Cluster { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Cluster = await Cluster.StartAsync(apps: 1);

        public ValueTask DisposeAsync() => Cluster.DisposeAsync();
    }
}
