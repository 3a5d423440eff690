using System.Text.Json;
using Azure.Data.Tables;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>With <c>Duplicates:Keep=best</c> a later, better copy stays and the older, poorer one gives way.</summary>
[Long]
public sealed class KeepBestTests(KeepBestTests.Shared shared) : IClassFixture<KeepBestTests.Shared>
{
    private static readonly Dictionary<string, string> KeepBest = new() { ["Duplicates__Keep"] = "best" };

    private readonly Cluster cluster = shared.Cluster;

    [Fact]
    public async Task A_later_copy_of_more_points_stays_and_the_older_one_is_quarantined_as_its_duplicate()
    {
        var scene = Picture.Scene(700, 800, 600);
        await cluster.TakeInAsync("points/small.jpg", scene.Resized(0.5).Jpeg());
        await cluster.TakeInAsync("points/large.jpg", scene.Jpeg());
        var (small, large) = (await RecordAsync(cluster, "points/small.jpg"), await RecordAsync(cluster, "points/large.jpg"));

        Assert.Equal(("quarantined", "indexed"), (Text(small, "status"), Text(large, "status")));
        Assert.Equal(large.GetProperty("id").GetString(), small.GetProperty("duplicateOf").GetProperty("id").GetString());
        Assert.Equal(("new", "betterCopy"), (Text(large, "verdict"), Text(large.GetProperty("evidence"), "rule")));
        Assert.Contains("800 × 600 points against 400 × 300", Text(large.GetProperty("evidence"), "sentence"), StringComparison.Ordinal);
        Assert.Contains("The other one is better", Text(small.GetProperty("evidence"), "sentence"), StringComparison.Ordinal);
        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
        Assert.Equal("indexed", await cluster.StatusAsync("points/large.jpg"));
    }

    [Fact]
    public async Task What_the_poorer_one_had_displaced_is_linked_to_the_better_one()
    {
        var scene = Picture.Scene(702, 800, 600);
        await cluster.TakeInAsync("links/first.jpg", scene.Resized(0.6).Jpeg());
        await cluster.TakeInAsync("links/second.jpg", scene.Resized(0.5).Jpeg());
        await cluster.TakeInAsync("links/best.jpg", scene.Jpeg());
        var best = await RecordAsync(cluster, "links/best.jpg");
        foreach (var name in new[] { "links/first.jpg", "links/second.jpg" })
        {
            var record = await RecordAsync(cluster, name);
            Assert.Equal(("quarantined", Text(best, "id")), (Text(record, "status"), Text(record.GetProperty("duplicateOf"), "id")));
        }

        var groups = (await cluster.GetAsync("/api/duplicates")).GetProperty("groups").EnumerateArray();
        var group = Assert.Single(groups, group => Text(group.GetProperty("kept"), "id") == Text(best, "id"));
        Assert.Equal(2, group.GetProperty("members").GetArrayLength());
        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task What_is_no_copy_of_the_better_one_goes_back_since_nothing_live_matches_it()
    {
        var scene = Picture.Scene(703, 800, 600);
        await cluster.TakeInAsync("back/first.jpg", scene.Resized(0.6).Jpeg());
        await cluster.TakeInAsync("back/second.jpg", scene.Resized(0.5).Jpeg());
        var best = scene.Jpeg();
        await RememberAsync(cluster, ("back/second.jpg", scene.Resized(0.5).Jpeg()), ("back/best.jpg", best));
        await cluster.TakeInAsync("back/best.jpg", best);
        await cluster.DrainAsync();
        Assert.Equal("quarantined", await cluster.StatusAsync("back/first.jpg"));
        Assert.Equal(("indexed", "indexed"), (await cluster.StatusAsync("back/second.jpg"), await cluster.StatusAsync("back/best.jpg")));
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task In_shadow_mode_the_older_one_is_called_the_duplicate_and_stays()
    {
        await using var shadow = await Cluster.StartAsync(apps: 1, settings: new(KeepBest) { ["Duplicates__Mode"] = "shadow" });
        var scene = Picture.Scene(704, 800, 600);
        await shadow.TakeInAsync("small.jpg", scene.Resized(0.5).Jpeg());
        await shadow.TakeInAsync("large.jpg", scene.Jpeg());
        var (small, large) = (await RecordAsync(shadow, "small.jpg"), await RecordAsync(shadow, "large.jpg"));
        Assert.Equal(("indexed", "copy"), (Text(small, "status"), Text(small, "verdict")));
        Assert.Equal(("indexed", "new"), (Text(large, "status"), Text(large, "verdict")));
        await shadow.DrainAsync();
        await shadow.AssertConsistentAsync();
    }

    [Fact]
    public async Task A_restored_poorer_copy_stays_beside_the_better_one()
    {
        var scene = Picture.Scene(705, 800, 600);
        await cluster.TakeInAsync("restored/small.jpg", scene.Resized(0.5).Jpeg());
        await cluster.TakeInAsync("restored/large.jpg", scene.Jpeg());
        using var restored = await cluster.RestoreAsync(await RecordAsync(cluster, "restored/small.jpg"));
        Assert.True(restored.IsSuccessStatusCode, await restored.Content.ReadAsStringAsync());
        await cluster.DrainAsync();
        Assert.Equal(
            ("indexed", "indexed"),
            (await cluster.StatusAsync("restored/small.jpg"), await cluster.StatusAsync("restored/large.jpg"))
        );
        await cluster.AssertConsistentAsync();
    }

    [Theory]
    [InlineData(0, 2, 2)]
    [InlineData(2000, 3, 2)]
    public async Task Of_copies_of_all_sizes_at_once_exactly_one_stays_and_it_is_one_of_the_best(
        int indexingDelayMilliseconds,
        int windowSeconds,
        int groups
    )
    {
        await using var lagging = await Cluster.StartAsync(
            apps: 2,
            indexingDelayMilliseconds,
            TimeSpan.FromSeconds(windowSeconds),
            KeepBest
        );
        for (var group = 0; group < groups; group++)
        {
            var scene = Picture.Scene(720 + group, 800, 600);
            byte[][] uploads =
            [
                scene.Resized(0.4).Jpeg(),
                scene.Jpeg(60),
                scene.Resized(0.6).WebP(),
                scene.Jpeg(95),
                scene.Resized(0.4).Jpeg(),
                scene.Png(),
                scene.Jpeg(95),
            ];
            var names = uploads.Select((_, index) => $"group-{group}/{index}").ToList();
            await Task.WhenAll(uploads.Select((bytes, index) => lagging.UploadAsync(names[index], bytes)));
            Assert.All(await Task.WhenAll(names.Select(name => lagging.IngestAsync(name))), Assert.True);
            await lagging.DrainAsync();
            var states = await Task.WhenAll(names.Select(lagging.StatusAsync));
            Assert.Equal(names.Count - 1, states.Count(state => state == "quarantined"));
            Assert.Equal("indexed", states[5]);
        }

        await lagging.AssertConsistentAsync();
    }

    [Fact]
    public async Task A_better_copy_that_is_deleted_while_the_older_one_gives_way_never_takes_it_along()
    {
        for (var round = 0; round < 8; round++)
        {
            var scene = Picture.Scene(740 + round, 800, 600);
            await cluster.TakeInAsync($"deleted/{round}-small.jpg", scene.Resized(0.5).Jpeg());
            await cluster.UploadAsync($"deleted/{round}-large.jpg", scene.Jpeg());
            var ingest = cluster.IngestAsync($"deleted/{round}-large.jpg");
            while (round % 2 == 0 && await cluster.StatusAsync($"deleted/{round}-large.jpg") is null) { }

            await cluster.DeleteAsync($"deleted/{round}-large.jpg");
            await cluster.RemoveAsync($"deleted/{round}-large.jpg");
            await ingest;
        }

        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
        for (var round = 0; round < 8; round++)
        {
            // It was moved while the better one was live, as a person who deletes the kept one of two would find it; or it stayed.
            var record = await RecordAsync(cluster, $"deleted/{round}-small.jpg");
            Assert.True(Text(record, "status") == "indexed" || record.GetProperty("duplicateOf").ValueKind == JsonValueKind.Object);
        }
    }

    /// <summary>Two workers that keep the best.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        internal Cluster Cluster { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Cluster = await Cluster.StartAsync(apps: 2, settings: KeepBest);

        public ValueTask DisposeAsync() => Cluster.DisposeAsync();
    }

    private static async Task RememberAsync(Cluster cluster, (string Name, byte[] Bytes) a, (string Name, byte[] Bytes) b)
    {
        var service = new TableServiceClient(cluster.ConnectionString);
        var decisions = new Serverless.Ledger.RememberedDecisions(service, Ledger.StorageFixture.Clock);
        await decisions.RememberAsync(IdOf(a.Name), HashOf(a.Bytes), IdOf(b.Name), HashOf(b.Bytes), default);
    }

    private static string IdOf(string name) => new Serverless.Storage.ImagePath("images", name).Id;

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    private static async Task<JsonElement> RecordAsync(Cluster cluster, string name) =>
        await cluster.FindAsync(name) ?? throw new InvalidOperationException($"'{name}' has no record.");

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
