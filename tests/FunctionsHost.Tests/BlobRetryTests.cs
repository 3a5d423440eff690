using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using FunctionsHost.Tests.Support;
using Shared;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class BlobRetryTests(Azurite azurite)
{
    [Fact]
    public async Task After_five_failed_attempts_the_blob_is_told_to_the_poison_queue_and_has_its_receipt()
    {
        using var app = new TestApp(azurite);
        app.BlobFunction("Ingest", $"{app.UniqueName}/{{name}}").Mode("Ingest", "fail");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await container.UploadBlobAsync("dir/a b.jpg", BinaryData.FromString("a"));
        var etag = (await container.GetBlobClient("dir/a b.jpg").GetPropertiesAsync()).Value.ETag.ToString("H");

        await using var host = await app.StartAsync();
        await Receipts.WaitForAsync(azurite, app, "Ingest", 1);

        Assert.Equal([$"{etag}/{app.UniqueName}/dir/a b.jpg"], await Receipts.ListAsync(azurite, app, "Ingest"));
        Assert.Equal(5, app.Calls("Ingest").Count);
        await Patience.UntilAsync(async () => (await Receipts.ListAsync(azurite, app, "Ingest", "blobattempts")).Count == 0, "no attempts are kept");
        var message = await FindPoisonAsync(app.UniqueName);
        Assert.Equal(
            $$"""{"Type":"BlobTrigger","FunctionId":"Host.Functions.Ingest","BlobType":"BlockBlob","ContainerName":"{{app.UniqueName}}","BlobName":"dir/a b.jpg","ETag":"{{etag.Replace("\"", "\\\"", StringComparison.Ordinal)}}"}""",
            message);
    }

    [Fact]
    public async Task An_answer_that_is_not_a_JSON_object_is_a_failed_attempt_that_says_why()
    {
        (string Mode, string Reason)[] answers =
        [
            ("empty", "empty body"), ("null", "answered null"), ("text", "text/plain"), ("broken", "not JSON"), ("fail", "the handler answered 500: "),
        ];
        using var app = new TestApp(azurite);
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await container.UploadBlobAsync("a", BinaryData.FromString("a"));
        foreach (var (mode, _) in answers)
        {
            app.BlobFunction(mode, $"{app.UniqueName}/{{name}}").Mode(mode, mode);
        }

        await using var host = await app.StartAsync();
        foreach (var (mode, reason) in answers)
        {
            await Receipts.WaitForAsync(azurite, app, mode, 1);
            Assert.Equal(5, app.Calls(mode).Count);
            var said = host.Errors.Split('\n').First(line => line.Contains($"Function.{mode}[12]", StringComparison.Ordinal));
            Assert.Contains(reason, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_blob_that_fails_does_not_hold_up_the_others()
    {
        using var app = new TestApp(azurite);
        app.WriteHostJson(json => json["extensions"]!["blobs"]!["maxDegreeOfParallelism"] = 1)
            .BlobFunction("Bad", $"{app.UniqueName}/bad/{{name}}").Mode("Bad", "fail")
            .BlobFunction("Good", $"{app.UniqueName}/good/{{name}}");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await container.UploadBlobAsync("bad/1", BinaryData.FromString("a"));
        await container.UploadBlobAsync("good/1", BinaryData.FromString("a"));
        await using var host = await app.StartAsync();
        await Receipts.WaitForAsync(azurite, app, "Bad", 1);

        var order = Directory.GetFiles(app.Folder, "call-*").OrderBy(file => file[(file.IndexOf('-', file.IndexOf("call-", StringComparison.Ordinal) + 5) + 1)..], StringComparer.Ordinal)
            .Select(file => Path.GetFileName(file).Split('-')[1]);
        Assert.Equal(["Bad", "Good", "Bad", "Bad", "Bad", "Bad"], order);
    }

    [Fact]
    public async Task A_blob_deleted_before_its_next_attempt_is_dropped()
    {
        using var app = new TestApp(azurite);
        app.WriteHostJson(json => json["extensions"]!["blobs"]!["poisonBlobThreshold"] = 1000)
            .BlobFunction("Ingest", $"{app.UniqueName}/{{name}}").Mode("Ingest", "fail");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await container.UploadBlobAsync("a", BinaryData.FromString("a"));
        await using var host = await app.StartAsync();
        await app.CallsAsync("Ingest", 2);
        await container.DeleteBlobAsync("a");
        await Patience.UntilAsync(async () => (await Receipts.ListAsync(azurite, app, "Ingest", "blobattempts")).Count == 0, "no attempts are kept");

        // Handled after whatever was still to come of the first.
        app.Mode("Ingest", "ok");
        await container.UploadBlobAsync("b", BinaryData.FromString("b"));
        await Receipts.WaitForAsync(azurite, app, "Ingest", 1);
        Assert.EndsWith("/b", Assert.Single(await Receipts.ListAsync(azurite, app, "Ingest")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_counts_from_its_beginning_also_when_the_host_dies_in_it()
    {
        using var app = new TestApp(azurite);
        app.BlobFunction("Ingest", $"{app.UniqueName}/{{name}}").Mode("Ingest", "wait:never");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await container.UploadBlobAsync("a", BinaryData.FromString("a"));
        await using (var first = await app.StartAsync())
        {
            await app.CallsAsync("Ingest", 1);
            await first.KillAsync();
        }

        Assert.Equal(1, await Receipts.AttemptsAsync(azurite, app, "Ingest"));
        app.Mode("Ingest", "fail");
        await using var second = await app.StartAsync();
        await Receipts.WaitForAsync(azurite, app, "Ingest", 1);
        Assert.Equal(5, app.Calls("Ingest").Count);
        Assert.NotNull(await FindPoisonAsync(app.UniqueName));
    }

    [Fact]
    public async Task A_blob_overwritten_while_it_fails_is_taken_up_in_its_new_version_only()
    {
        using var app = new TestApp(azurite);
        app.WriteHostJson(json => json["extensions"]!["blobs"] = new JsonObject { ["poisonBlobThreshold"] = 1000, ["maxDegreeOfParallelism"] = 1 })
            .BlobFunction("Ingest", $"{app.UniqueName}/{{name}}").Mode("Ingest", "fail");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await container.UploadBlobAsync("a", BinaryData.FromString("a"));
        await using var host = await app.StartAsync();
        await app.CallsAsync("Ingest", 2);
        var blob = container.GetBlockBlobClient("a");
        await blob.UploadAsync(new MemoryStream([1, 2, 3]));
        await Patience.UntilAsync(
            () => app.Calls("Ingest").Any(call => (int)call.Metadata["Properties"]!["ContentLength"]! == 3), "the new version is tried");
        app.Mode("Ingest", "ok");
        await Patience.UntilAsync(async () => (await Receipts.ListAsync(azurite, app, "Ingest")).Any(), "a receipt");
        var etag = (await blob.GetPropertiesAsync()).Value.ETag.ToString("H");
        Assert.Equal($"{etag}/{app.UniqueName}/a", Assert.Single(await Receipts.ListAsync(azurite, app, "Ingest")));
    }

    /// <summary>The queue is the same for all tests, and the tests run side by side.</summary>
    private async Task<string?> FindPoisonAsync(string container)
    {
        PeekedMessage[] messages = await azurite.Queues.GetQueueClient("webjobs-blobtrigger-poison").PeekMessagesAsync(32);
        return messages
            .Select(message => Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText)))
            .SingleOrDefault(text => (string?)JsonNode.Parse(text)!["ContainerName"] == container);
    }
}
