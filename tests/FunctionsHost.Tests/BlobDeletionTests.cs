using Azure.Storage.Blobs;
using FunctionsHost.Tests.Support;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class BlobDeletionTests(Azurite azurite)
{
    [Fact]
    public async Task A_deleted_blob_raises_the_event_that_Event_Grid_would()
    {
        using var app = NewApp();
        var container = await CreateContainerAsync(app, "dir/a b.jpg", "keep.jpg");
        var blob = container.GetBlobClient("dir/a b.jpg");
        var etag = (await blob.GetPropertiesAsync()).Value.ETag;
        await using var host = await app.StartAsync();
        await app.CallsAsync("Ingest", 2);
        await blob.DeleteAsync();

        var call = Assert.Single(await app.CallsAsync("Remove", 1));
        var data = call.Data!["data"]!;
        Assert.Equal("Microsoft.Storage.BlobDeleted", (string?)call.Data["eventType"]);
        Assert.Equal($"/blobServices/default/containers/{app.UniqueName}/blobs/dir/a b.jpg", (string?)call.Data["subject"]);
        Assert.EndsWith("/storageAccounts/devstoreaccount1", (string?)call.Data["topic"], StringComparison.Ordinal);
        Assert.True(Guid.TryParse((string?)call.Data["id"], out _));
        Assert.True(DateTime.TryParse((string?)call.Data["eventTime"], out _));
        Assert.Equal("DeleteBlob", (string?)data["api"]);
        Assert.Equal(etag.ToString(), $"\"{(string?)data["eTag"]}\"");
        Assert.Equal("BlockBlob", (string?)data["blobType"]);
        Assert.Equal(blob.Uri.AbsoluteUri, (string?)data["url"]);
        Assert.Equal(data.ToJsonString(), call.Metadata["data"]!.ToJsonString());
    }

    [Fact]
    public async Task A_deletion_while_the_host_is_down_is_noticed_at_its_next_start_and_told_once()
    {
        using var app = NewApp();
        var container = await CreateContainerAsync(app, "a", "b");
        await using (await app.StartAsync())
        {
            await Receipts.WaitForAsync(azurite, app, "Ingest", 2);
        }

        await container.DeleteBlobAsync("a");
        await using (await app.StartAsync())
        {
            await app.CallsAsync("Remove", 1);
        }

        await container.DeleteBlobAsync("b");
        await using (await app.StartAsync())
        {
            await app.CallsAsync("Remove", 2);
        }

        Assert.Equal(["a", "b"], Deleted(app));
    }

    [Fact]
    public async Task A_blob_that_was_never_ingested_is_known_all_the_same_when_the_host_was_killed()
    {
        using var app = NewApp();
        app.Mode("Ingest", "wait:never");
        var container = await CreateContainerAsync(app, "a");
        await using (var host = await app.StartAsync())
        {
            await app.CallsAsync("Ingest", 1);
            await host.KillAsync();
        }

        await container.DeleteBlobAsync("a");
        await using (await app.StartAsync())
        {
            await app.CallsAsync("Remove", 1);
        }

        Assert.Equal(["a"], Deleted(app));
    }

    [Fact]
    public async Task An_event_that_is_refused_is_told_again_also_after_a_restart()
    {
        using var app = NewApp();
        app.Mode("Remove", "fail").EventGridFunction("Other");
        var container = await CreateContainerAsync(app, "a");
        string? id;
        await using (await app.StartAsync())
        {
            await Receipts.WaitForAsync(azurite, app, "Ingest", 1);
            await container.DeleteBlobAsync("a");
            var calls = await app.CallsAsync("Remove", 2);
            id = (string?)calls[0].Data!["id"];
            Assert.Equal(id, (string?)calls[1].Data!["id"]);
            Assert.Single(app.Calls("Other")); // It accepted the event; the other one's refusal is not its problem.
        }

        app.Mode("Remove", "ok");
        var before = app.Calls("Remove").Count;
        await using (await app.StartAsync())
        {
            Assert.Equal(id, (string?)(await app.CallsAsync("Remove", before + 1))[^1].Data!["id"]);
        }
    }

    [Fact]
    public async Task A_hundred_deletions_are_all_told()
    {
        using var app = NewApp();
        var names = Enumerable.Range(0, 100).Select(i => $"{i:D3}").ToArray();
        var container = await CreateContainerAsync(app, names);
        await using var host = await app.StartAsync();
        await app.CallsAsync("Ingest", 100);
        await Parallel.ForEachAsync(names, async (name, stop) => await container.DeleteBlobAsync(name, cancellationToken: stop));
        await app.CallsAsync("Remove", 100);
        Assert.Equal(names, Deleted(app));
    }

    [Fact]
    public async Task An_overwritten_blob_is_not_a_deleted_one()
    {
        using var app = NewApp();
        var container = await CreateContainerAsync(app, "a", "z");
        await using var host = await app.StartAsync();
        await app.CallsAsync("Ingest", 2);
        await container.GetBlobClient("a").UploadAsync(BinaryData.FromString("new"), overwrite: true);
        await app.CallsAsync("Ingest", 3);
        await container.DeleteBlobAsync("z");
        await app.CallsAsync("Remove", 1);
        Assert.Equal(["z"], Deleted(app));
    }

    private TestApp NewApp()
    {
        var app = new TestApp(azurite);
        return app.BlobFunction("Ingest", $"{app.UniqueName}/{{name}}").EventGridFunction("Remove");
    }

    private async Task<BlobContainerClient> CreateContainerAsync(TestApp app, params string[] blobs)
    {
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await Parallel.ForEachAsync(blobs, async (name, stop) => await container.UploadBlobAsync(name, BinaryData.FromString(name), stop));
        return container;
    }

    private static IEnumerable<string> Deleted(TestApp app) => app.Calls("Remove")
        .Select(call => ((string)call.Data!["subject"]!).Split("/blobs/")[1])
        .Order(StringComparer.Ordinal);
}
