using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;
using FunctionsHost.Tests.Support;
using Shared;
using Xunit;

namespace FunctionsHost.Tests;

/// <summary>What ends the handler is found and put aside; what ran beside it is not.</summary>
public sealed class HandlerCrashTests(Azurite azurite)
{
    [Fact]
    public async Task A_blob_that_ends_the_handler_twice_is_poison_and_those_beside_it_are_done()
    {
        using var app = new TestApp(azurite);
        app.BlobFunction("Good", $"{app.UniqueName}/good/{{name}}").Mode("Good", "wait:go")
            .BlobFunction("Bad", $"{app.UniqueName}/bad/{{name}}").Mode("Bad", "crash");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        foreach (var number in Enumerable.Range(0, 4))
        {
            await container.UploadBlobAsync($"good/{number}", BinaryData.FromString("a"));
        }

        await using var host = await app.StartAsync();
        await app.CallsAsync("Good", 4);
        await container.UploadBlobAsync("bad/1", BinaryData.FromString("a"));
        await app.CallsAsync("Bad", 1);
        app.Signal("go");
        await Receipts.WaitForAsync(azurite, app, "Bad", 1);
        await Receipts.WaitForAsync(azurite, app, "Good", 4);

        Assert.Equal(2, app.Calls("Bad").Count);
        Assert.Equal(1, app.Calls("Bad")[^1].Running);
        Assert.Equal(["bad/1"], await PoisonAsync(app.UniqueName));
        var said = $"{app.UniqueName}/bad/1 moved to the queue webjobs-blobtrigger-poison: the handler ended 2 times because of it";
        await Patience.UntilAsync(() => host.Errors.Contains(said, StringComparison.Ordinal));
        Assert.False(host.HasExited);
    }

    [Fact]
    public async Task What_runs_while_somebody_kills_the_handler_is_not_to_blame()
    {
        using var app = new TestApp(azurite);
        app.BlobFunction("Ingest", $"{app.UniqueName}/{{name}}").Mode("Ingest", "wait:go");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await container.UploadBlobAsync("a", BinaryData.FromString("a"));
        await container.UploadBlobAsync("b", BinaryData.FromString("a"));
        await using var host = await app.StartAsync();
        await app.CallsAsync("Ingest", 2);
        using var handler = Process.GetProcessById(int.Parse(app.HandlerProcessId, CultureInfo.InvariantCulture));
        handler.Kill();
        app.Signal("go");
        await Receipts.WaitForAsync(azurite, app, "Ingest", 2);
        Assert.Empty(await PoisonAsync(app.UniqueName));
        Assert.All(app.Calls("Ingest").Skip(2), call => Assert.Equal(1, call.Running));
    }

    [Fact]
    public async Task A_message_that_ends_the_handler_twice_is_poison()
    {
        using var app = new TestApp(azurite);
        app.QueueFunction("Work", app.UniqueName).Mode("Work", "crash")
            .WriteHostJson(json => json["extensions"]!["queues"] = new JsonObject { ["visibilityTimeout"] = "00:00:00" });
        var queue = azurite.Queues.GetQueueClient(app.UniqueName);
        await queue.CreateAsync();
        await queue.SendMessageAsync(Convert.ToBase64String("bad"u8));
        await using var host = await app.StartAsync();
        var poison = azurite.Queues.GetQueueClient(app.UniqueName + "-poison");
        await Patience.UntilAsync(async () => await poison.ExistsAsync() && (await poison.PeekMessageAsync()).Value is not null, "a poison message");
        await Patience.UntilAsync(() => host.Errors.Contains("the handler ended 2 times because of it", StringComparison.Ordinal));
        Assert.Equal(2, app.Calls("Work").Count);
    }

    private async Task<IReadOnlyList<string>> PoisonAsync(string container)
    {
        var queue = azurite.Queues.GetQueueClient("webjobs-blobtrigger-poison");
        await queue.CreateIfNotExistsAsync();
        PeekedMessage[] messages = await queue.PeekMessagesAsync(32);
        return [.. messages
            .Select(message => JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText)))!)
            .Where(message => (string?)message["ContainerName"] == container)
            .Select(message => (string)message["BlobName"]!)];
    }
}
