using FunctionsHost.Tests.Support;
using Shared;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class BlobTriggerTests(Azurite azurite)
{
    [Fact]
    public async Task An_event_reaches_the_function_whatever_the_name_of_the_blob()
    {
        string[] names = ["a.jpg", "dir/a b.jpg", "ünï+&=#?%.jpg", "100%25.jpg"];
        using var app = new TestApp(azurite);
        await using var host = await app.StartAsync();
        await app.UploadAsync(host, names);
        var calls = await app.Folder.CallsAsync("Ingest", names.Length);
        Assert.Equal(names.Order(), calls.Select(call => (string)call.Data!["name"]!).Order());
        Assert.Equal(names.Order(), calls.Select(call => (string)call.Metadata["name"]!).Order());
        var call = calls.First(call => (string?)call.Data!["name"] == "dir/a b.jpg");
        Assert.Equal($"{app.UniqueName}/dir/a b.jpg", (string?)call.Metadata["BlobTrigger"]);
        Assert.Equal(app.Container.GetBlobClient("dir/a b.jpg").Uri.AbsoluteUri, (string?)call.Data!["Uri"]);
        Assert.Equal(0, await host.StopAsync());
        Assert.DoesNotContain("fail: ", host.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_blob_goes_to_the_poison_queue_and_does_not_hold_up_the_others()
    {
        using var app = new TestApp(azurite).WriteHostJson(json => json["extensions"]!["blobs"]!["poisonBlobThreshold"] = 3);
        app.Mode("Ingest-bad", "fail");
        await using var host = await app.StartAsync();
        await app.UploadAsync(host, "bad", "good");
        Assert.Equal(["bad"], await Poison.BlobsAsync(azurite, app.UniqueName));
        Assert.Equal(["good"], await app.Folder.DoneAsync("Ingest", 1));
        Assert.Equal(3, app.Folder.Calls("Ingest").Count(call => (string?)call.Data!["name"] == "bad"));
        Assert.Contains("Ingest: failed", host.Errors, StringComparison.Ordinal);
        Assert.Contains("no luck", host.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_that_always_crashes_the_worker_becomes_poison_and_the_others_are_processed()
    {
        using var app = new TestApp(azurite).WriteHostJson(json => json["extensions"]!["blobs"]!["poisonBlobThreshold"] = 3);
        app.Mode("Ingest-good", "wait:go").Mode("Ingest-bad", "kill");
        await using var host = await app.StartAsync();
        await app.UploadAsync(host, "good");
        await app.Folder.CallsAsync("Ingest", 1);
        await app.UploadAsync(host, "bad");
        await app.Folder.CallsAsync("Ingest", 2);
        app.Folder.Signal("go");
        await app.UploadAsync(host, "later");
        // A worker may end between doing the good one and telling so; then it is done again.
        await Patience.UntilAsync(() => app.Folder.Done("Ingest").Distinct().Count() == 2, "both others are done");
        Assert.Equal(["good", "later"], app.Folder.Done("Ingest").Distinct());
        Assert.Equal(["bad"], await Poison.BlobsAsync(azurite, app.UniqueName));
        Assert.False(host.HasExited);
        Assert.Contains("The worker ended with exit code 134. Restarting it in ", host.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("good", await Poison.BlobsAsync(azurite, app.UniqueName));
    }

    [Fact]
    public async Task Events_received_before_the_host_was_killed_are_handled_by_the_next_one()
    {
        using var app = new TestApp(azurite).WriteHostJson(json => json["extensions"]!["blobs"]!["maxDegreeOfParallelism"] = 1);
        app.Mode("Ingest", "wait:never");
        var names = Enumerable.Range(0, 20).Select(i => $"{i:D2}").ToArray();
        await using (var host = await app.StartAsync())
        {
            await app.UploadAsync(host, names);
            await app.Folder.CallsAsync("Ingest", 1);
            await host.KillAsync();
        }

        // The one that ran is hidden for ten minutes, as in Azure.
        var running = app.Folder.Calls("Ingest").Select(call => (string?)call.Data!["name"]);
        app.Mode("Ingest", "ok");
        await using (await app.StartAsync())
        {
            Assert.Equal(names.Except(running), await app.Folder.DoneAsync("Ingest", names.Length - 1));
        }
    }

    [Fact]
    public async Task A_clean_stop_waits_for_running_invocations_and_starts_no_new_ones()
    {
        using var app = new TestApp(azurite).WriteHostJson(json => json["extensions"]!["blobs"]!["maxDegreeOfParallelism"] = 1);
        app.Mode("Ingest", "wait:go");
        await using var host = await app.StartAsync();
        await app.UploadAsync(host, [.. Enumerable.Range(0, 10).Select(i => $"{i}")]);
        await app.Folder.CallsAsync("Ingest", 1);
        var stopping = host.StopAsync();
        await Patience.UntilAsync(() => host.Errors.Contains("Stopping: ", StringComparison.Ordinal), "the host has begun to stop");
        app.Folder.Signal("go");
        Assert.Equal(0, await stopping);
        Assert.Single(app.Folder.Done("Ingest"));
        Assert.Single(app.Folder.Calls("Ingest"));
    }
}
