using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>A person takes a live image out of the collection, although it is no copy.</summary>
[Long]
public sealed class SetAsideTests(SetAsideTests.Shared shared) : IClassFixture<SetAsideTests.Shared>
{
    private readonly Cluster cluster = shared.Cluster;

    [Fact]
    public async Task It_is_in_quarantine_listed_apart_and_put_back()
    {
        await cluster.TakeInAsync("aside.jpg", Picture.Scene(791).Jpeg());
        var moved = await SetAsideAsync("aside.jpg");
        Assert.Equal(
            ("quarantined", "new", "Set aside on request: it is no copy."),
            (Text(moved, "status"), Text(moved, "verdict"), Text(moved, "reason"))
        );
        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
        Assert.Equal("setAside", Text(Assert.Single(await GroupsAsync("setAside", "aside.jpg")).GetProperty("kept"), "status"));
        Assert.Empty(await GroupsAsync("quarantined", "aside.jpg"));
        Assert.Empty(await GroupsAsync("", "aside.jpg"));

        using var restored = await cluster.RestoreAsync(moved);
        var record = await restored.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("indexed", null), (Text(record, "status"), Text(record, "reason")));
        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
        Assert.Empty(await GroupsAsync("setAside", "aside.jpg"));
    }

    [Fact]
    public async Task Copies_that_were_moved_for_it_stay_in_quarantine_and_no_review_brings_it_back()
    {
        var scene = Picture.Scene(792, 800, 600);
        await cluster.TakeInAsync("with-copy/first.jpg", scene.Jpeg(92));
        await cluster.TakeInAsync("with-copy/copy.jpg", scene.Jpeg(80));
        await SetAsideAsync("with-copy/first.jpg");
        await cluster.DrainAsync();
        var review = await cluster.PostAsync("/api/duplicates/review?restore=true");
        await cluster.DrainAsync();
        review = await cluster.GetAsync($"/api/duplicates/review/{Text(review, "id")}");
        Assert.Equal("completed", Text(review, "status"));
        await cluster.ReconcileAsync();
        await cluster.DrainAsync();
        Assert.Equal("quarantined", await cluster.StatusAsync("with-copy/first.jpg"));
        Assert.Equal("quarantined", await cluster.StatusAsync("with-copy/copy.jpg"));
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task A_deleted_image_goes_to_the_trash_and_can_be_put_back()
    {
        await cluster.TakeInAsync("deleted.jpg", Picture.Scene(793).Jpeg());
        var record = await RecordAsync("deleted.jpg");
        using (var deleted = await cluster.Apps[0].Http.DeleteAsync($"/api/images/{Text(record, "id")}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }

        Assert.Equal(JsonValueKind.String, (await RecordAsync("deleted.jpg")).GetProperty("trashedAt").ValueKind);
        Assert.Single(await GroupsAsync("trashed", "deleted.jpg"));
        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
        using (var again = await cluster.Apps[0].Http.DeleteAsync($"/api/images/{Text(record, "id")}"))
        {
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        }

        using var restored = await cluster.RestoreAsync(record);
        Assert.True(restored.IsSuccessStatusCode, await restored.Content.ReadAsStringAsync());
        await cluster.DrainAsync();
        Assert.Equal(JsonValueKind.Null, (await RecordAsync("deleted.jpg")).GetProperty("trashedAt").ValueKind);
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task A_new_version_at_its_path_is_judged_for_itself()
    {
        await cluster.TakeInAsync("replaced.jpg", Picture.Scene(794).Jpeg());
        var moved = await SetAsideAsync("replaced.jpg");
        await cluster.TakeInAsync("replaced.jpg", Picture.Scene(795).Jpeg());
        Assert.Equal(("indexed", "new"), (await cluster.StatusAsync("replaced.jpg"), Text(await RecordAsync("replaced.jpg"), "verdict")));
        Assert.Empty(await GroupsAsync("setAside", "replaced.jpg"));
        using var refused = await cluster.RestoreAsync(moved);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task A_blob_with_snapshots_stays_and_says_why()
    {
        await cluster.TakeInAsync("snapshot.jpg", Picture.Scene(796).Jpeg());
        await cluster.Blob("snapshot.jpg").CreateSnapshotAsync();
        var id = Text(await RecordAsync("snapshot.jpg"), "id");
        foreach (var request in new[] { HttpMethod.Post, HttpMethod.Delete })
        {
            var route = request == HttpMethod.Post ? "quarantine" : "images";
            using var asked = await cluster.Apps[0].Http.SendAsync(new HttpRequestMessage(request, $"/api/{route}/{id}"));
            Assert.Equal(HttpStatusCode.Conflict, asked.StatusCode);
            Assert.Contains("has snapshots", await asked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await cluster.DrainAsync();
        Assert.Equal(("indexed", null), (await cluster.StatusAsync("snapshot.jpg"), TrashedAt(await RecordAsync("snapshot.jpg"))));
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task Its_record_is_written_anew_from_the_receipt_and_nothing_else_is_said_of_it()
    {
        await cluster.TakeInAsync("receipt.jpg", Picture.Scene(797).Jpeg());
        var moved = await SetAsideAsync("receipt.jpg");
        await cluster.DrainAsync();
        var id = Text(moved, "id")!;
        await cluster.Table("ImageRecords").DeleteEntityAsync(id[..2], id, ETag.All);
        await Patience.UntilAsync(
            async () =>
            {
                await cluster.ReconcileAsync();
                return await cluster.StatusAsync("receipt.jpg");
            },
            status => status == "quarantined",
            "the record to be written anew"
        );
        await cluster.DrainAsync();
        Assert.Single(await GroupsAsync("setAside", "receipt.jpg"));
    }

    private async Task<JsonElement> SetAsideAsync(string name)
    {
        using var reply = await cluster.Apps[0].Http.PostAsync($"/api/quarantine/{Text(await RecordAsync(name), "id")}", null);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
        return await reply.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<IReadOnlyList<JsonElement>> GroupsAsync(string status, string name) =>
        [
            .. (await cluster.GetAsync($"/api/duplicates?top=100&status={status}"))
                .GetProperty("groups")
                .EnumerateArray()
                .Where(group => group.GetProperty("members").EnumerateArray().Any(member => Text(member, "path") == $"images/{name}")),
        ];

    private Task<JsonElement> RecordAsync(string name) => cluster.GetAsync($"/api/images?path={Uri.EscapeDataString(name)}");

    private static string? TrashedAt(JsonElement record) => Text(record, "trashedAt");

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    /// <summary>One worker.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        internal Cluster Cluster { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Cluster = await Cluster.StartAsync(apps: 1, visibilityWindow: TimeSpan.FromSeconds(1));

        public ValueTask DisposeAsync() => Cluster.DisposeAsync();
    }
}
