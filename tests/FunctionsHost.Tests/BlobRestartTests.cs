using FunctionsHost.Tests.Support;
using Shared;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class BlobRestartTests(Azurite azurite)
{
    [Fact]
    public async Task Two_hundred_blobs_uploaded_while_it_looks_are_all_seen_exactly_once_across_a_restart()
    {
        using var app = new TestApp(azurite);
        app.BlobFunction("Ingest", $"{app.UniqueName}/{{name}}");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await using (await app.StartAsync())
        {
            await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, stop) =>
                await container.UploadBlobAsync($"{i:D3}", BinaryData.FromString($"{i}"), stop));
            await app.CallsAsync("Ingest", 200);
            await Receipts.WaitForAsync(azurite, app, "Ingest", 200);
        }

        await using (await app.StartAsync())
        {
            await container.UploadBlobAsync("last", BinaryData.FromString("last"));
            await Receipts.WaitForAsync(azurite, app, "Ingest", 201);
        }

        var names = app.Calls("Ingest").Select(call => call.Text("name")).ToList();
        Assert.Equal([.. Enumerable.Range(0, 200).Select(i => $"{i:D3}"), "last"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_host_killed_in_the_middle_of_an_invocation_repeats_it()
    {
        using var app = new TestApp(azurite);
        app.BlobFunction("Ingest", $"{app.UniqueName}/{{name}}").Mode("Ingest", "wait:never");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await container.UploadBlobAsync("a", BinaryData.FromString("a"));
        await using (var host = await app.StartAsync())
        {
            await app.CallsAsync("Ingest", 1);
            await host.KillAsync();
        }

        Assert.Empty(await Receipts.ListAsync(azurite, app, "Ingest"));
        app.Mode("Ingest", "ok");
        await using (await app.StartAsync())
        {
            await app.CallsAsync("Ingest", 2);
            await Receipts.WaitForAsync(azurite, app, "Ingest", 1);
        }
    }

    [Fact]
    public async Task Blobs_uploaded_while_the_host_is_down_are_seen_at_its_start()
    {
        using var app = new TestApp(azurite);
        app.BlobFunction("Ingest", $"{app.UniqueName}/{{name}}");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await container.UploadBlobAsync("before", BinaryData.FromString("a"));
        await using (await app.StartAsync())
        {
            await Receipts.WaitForAsync(azurite, app, "Ingest", 1);
        }

        await container.UploadBlobAsync("while down", BinaryData.FromString("a"));
        await container.GetBlobClient("before").UploadAsync(BinaryData.FromString("new version"), overwrite: true);
        await using (await app.StartAsync())
        {
            await Receipts.WaitForAsync(azurite, app, "Ingest", 3);
        }

        Assert.Equal(["before", "before", "while down"], app.Calls("Ingest").Select(call => call.Text("name")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_clean_stop_waits_for_what_is_running_and_takes_on_nothing_new()
    {
        using var app = new TestApp(azurite);
        app.WriteHostJson(json => json["extensions"]!["blobs"]!["maxDegreeOfParallelism"] = 1)
            .BlobFunction("Ingest", $"{app.UniqueName}/{{name}}").Mode("Ingest", "wait:go");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => container.UploadBlobAsync($"{i}", BinaryData.FromString("a"))));
        await using var host = await app.StartAsync();
        await app.CallsAsync("Ingest", 1);
        var stopping = host.StopAsync();
        await Patience.UntilAsync(async () => await host.IsClosedAsync(), "the host has begun to stop");
        app.Signal("go");
        Assert.Equal(0, await stopping);
        Assert.Single(await Receipts.ListAsync(azurite, app, "Ingest"));
        Assert.Single(app.Calls("Ingest"));
    }
}
