using System.Net;
using Shared;
using Xunit;

namespace EndToEnd.Tests;

public sealed class DuplicateTests(SharedStack shared)
{
    [Fact]
    public async Task Copies_go_to_quarantine_and_other_pictures_stay()
    {
        var api = shared.Api;
        var original = Picture.Scene(8001, 640, 480);
        var bytes = original.Jpeg(92);
        Assert.Equal(("indexed", "new"), ImageApi.Outcome(await api.UploadAndWaitAsync("copies/original.jpg", bytes)));
        Assert.Equal(("indexed", "new"), ImageApi.Outcome(await api.UploadAndWaitAsync("copies/other.jpg", Picture.Scene(8002).Jpeg())));

        var exact = await api.UploadAndWaitAsync("copies/exact.jpg", bytes);
        Assert.Equal(("quarantined", "exact"), ImageApi.Outcome(exact));
        foreach (
            var (name, copy) in new[]
            {
                ("reencoded.jpg", original.Jpeg(50)),
                ("resized.webp", original.Resized(0.4).WebP()),
                ("brighter.png", original.Brighter(20).Png()),
            }
        )
        {
            var record = await api.UploadAndWaitAsync($"copies/{name}", copy);
            Assert.Equal(("quarantined", "copy"), ImageApi.Outcome(record));
            Assert.Equal("images/copies/original.jpg", ImageApi.Path(record.GetProperty("duplicateOf")));
            Assert.Equal("vectorAndPixels", record.GetProperty("evidence").GetProperty("rule").GetString());
            Assert.Equal((0, 1), await api.CountAsync(copy));
        }

        Assert.Equal((1, 1), await api.CountAsync(bytes));
        var receipt = Assert
            .Single(await api.QuarantinedAsync(), blob => blob.Name.EndsWith("/copies/exact.jpg", StringComparison.Ordinal))
            .Metadata;
        Assert.Equal(ImageApi.Id(exact), receipt["quarantine_id"]);
        var found = await api.SearchAsync(bytes, top: 1000);
        Assert.Equal(
            ["images/copies/original.jpg", "images/copies/other.jpg"],
            found
                .Select(ImageApi.Path)
                .Where(path => path.StartsWith("images/copies/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_restored_image_comes_back_stays_and_a_third_copy_is_still_caught()
    {
        var api = shared.Api;
        var bytes = Picture.Scene(8011).Jpeg();
        await api.UploadAndWaitAsync("restore/kept.jpg", bytes);
        var quarantined = await api.UploadAndWaitAsync("restore/sub folder/ä copy.jpg", bytes);
        Assert.Equal(("quarantined", "exact"), ImageApi.Outcome(quarantined));
        Assert.Equal((1, 1), await api.CountAsync(bytes));

        var restored = await api.RestoreAsync(quarantined);
        Assert.Equal("indexed", restored.GetProperty("status").GetString());
        Assert.Equal("remembered", restored.GetProperty("evidence").GetProperty("rule").GetString());
        Assert.Equal((2, 0), await api.CountAsync(bytes));

        var third = await api.UploadAndWaitAsync("restore/third.jpg", bytes);
        Assert.Equal(("quarantined", "exact"), ImageApi.Outcome(third));
        Assert.Equal((2, 1), await api.CountAsync(bytes));

        // By the time that a blob uploaded now was checked a second time, so was the restored one.
        var later = await api.UploadAndWaitAsync("restore/later.jpg", Picture.Scene(8012).Jpeg());
        await Patience.UntilAsync(() => PendingRechecksAsync(), count => count == 0, "the rechecks");
        Assert.Equal("indexed", (await api.FindAsync("restore/sub folder/ä copy.jpg"))!.Value.GetProperty("status").GetString());
        Assert.Equal("indexed", later.GetProperty("status").GetString());

        using var again = await api.Http.PostAsync($"/api/quarantine/{ImageApi.Id(quarantined)}/restore", null);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task Restoring_is_refused_while_another_image_has_the_path()
    {
        var api = shared.Api;
        var bytes = Picture.Scene(8021).Jpeg();
        await api.UploadAndWaitAsync("taken/kept.jpg", bytes);
        var quarantined = await api.UploadAndWaitAsync("taken/copy.jpg", bytes);
        var other = Picture.Scene(8022).Jpeg();
        Assert.Equal("indexed", (await api.UploadAndWaitAsync("taken/copy.jpg", other)).GetProperty("status").GetString());

        using var refused = await api.Http.PostAsync($"/api/quarantine/{ImageApi.Id(quarantined)}/restore", null);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal((1, 0), await api.CountAsync(other));
        Assert.Equal((1, 1), await api.CountAsync(bytes));
    }

    [Fact]
    public async Task Deleted_for_good_is_gone_and_only_from_quarantine()
    {
        var api = shared.Api;
        var bytes = Picture.Scene(8031).Jpeg();
        var kept = await api.UploadAndWaitAsync("for-good/kept.jpg", bytes);
        var copy = await api.UploadAndWaitAsync("for-good/copy.jpg", bytes);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Http.DeleteAsync($"/api/quarantine/{ImageApi.Id(copy)}")).StatusCode);
        Assert.Equal((1, 0), await api.CountAsync(bytes));
        Assert.Null(await api.FindAsync("for-good/copy.jpg"));
        Assert.Equal(HttpStatusCode.Conflict, (await api.Http.DeleteAsync($"/api/quarantine/{ImageApi.Id(kept)}")).StatusCode);
    }

    [Fact]
    public async Task A_deleted_image_is_forgotten_and_its_copy_may_come_again()
    {
        var api = shared.Api;
        var bytes = Picture.Scene(8041).Jpeg();
        await api.UploadAndWaitAsync("deleted/a.jpg", bytes);
        await shared.Stack.Images.DeleteBlobAsync("deleted/a.jpg");
        await api.GoneAsync("deleted/a.jpg");
        await Patience.UntilAsync(
            () => api.SearchAsync(bytes, top: 1000),
            results => results.All(result => ImageApi.Path(result) != "images/deleted/a.jpg"),
            "the index to follow"
        );
        Assert.Equal(("indexed", "new"), ImageApi.Outcome(await api.UploadAndWaitAsync("deleted/b.jpg", bytes)));
    }

    [Fact]
    public async Task An_overwritten_image_is_judged_anew()
    {
        var api = shared.Api;
        var first = Picture.Scene(8051).Jpeg();
        var second = Picture.Scene(8052).Jpeg();
        await api.UploadAndWaitAsync("overwritten/a.jpg", first);
        Assert.Equal(("indexed", "new"), ImageApi.Outcome(await api.UploadAndWaitAsync("overwritten/a.jpg", second)));
        Assert.Equal(("indexed", "new"), ImageApi.Outcome(await api.UploadAndWaitAsync("overwritten/b.jpg", first)));
        Assert.Equal(("quarantined", "exact"), ImageApi.Outcome(await api.UploadAndWaitAsync("overwritten/b.jpg", second)));
    }

    [Fact]
    public async Task Compare_gives_the_verdict_and_why()
    {
        var api = shared.Api;
        var scene = Picture.Scene(8061);
        var copy = await CompareAsync(scene.Jpeg(), scene.Resized(0.5).Jpeg(60));
        Assert.Equal("copy", copy.GetProperty("verdict").GetString());
        Assert.True(copy.GetProperty("evidence").GetProperty("alignment").GetProperty("agreement").GetDouble() > 0.85);
        Assert.Equal("new", (await CompareAsync(scene.Jpeg(), Picture.Scene(8062).Jpeg())).GetProperty("verdict").GetString());
        Assert.Equal("exact", (await CompareAsync(scene.Jpeg(), scene.Jpeg())).GetProperty("verdict").GetString());
    }

    private async Task<System.Text.Json.JsonElement> CompareAsync(byte[] a, byte[] b)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(a), "a", "a.jpg" },
            { new ByteArrayContent(b), "b", "b.jpg" },
        };
        return await ImageApi.ReadAsync(await shared.Api.Http.PostAsync("/api/compare", form));
    }

    private async Task<int> PendingRechecksAsync()
    {
        var queue = new Azure.Storage.Queues.QueueClient(shared.Stack.ConnectionString, "recheck-image");
        return (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;
    }
}
