using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using FunctionsHost.Tests.Support;
using Shared;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class QueueTriggerTests(Azurite azurite)
{
    [Fact]
    public async Task A_message_arrives_with_the_real_host_s_metadata_and_is_deleted_afterwards()
    {
        using var app = new TestApp(azurite);
        await app.Queue.CreateAsync();
        await using var host = await app.StartAsync();
        await app.Queue.SendMessageAsync("""{"a":1,"text":"x","object":{"b":2},"Id":"other"}""");
        var call = Assert.Single(await app.Folder.CallsAsync("Recheck", 1));
        Assert.Equal("""{"a":1,"text":"x","object":{"b":2},"Id":"other"}""", (string?)call.Data);
        Assert.Equal("1", call.Metadata["DequeueCount"]!.ToString());
        Assert.Equal("x", (string?)call.Metadata["text"]);
        Assert.Equal("other", (string?)call.Metadata["Id"]);
        Assert.Equal("", call.TraceParent);
        await Patience.UntilAsync(
            async () => (int)(await app.Queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0,
            "the queue is empty"
        );
    }

    [Fact]
    public async Task A_message_that_keeps_failing_goes_to_the_poison_queue_unchanged_and_plain_text_is_read()
    {
        using var app = new TestApp(azurite).WriteHostJson(json =>
        {
            json["extensions"]!["queues"]!["maxDequeueCount"] = 3;
            json["extensions"]!["queues"]!["messageEncoding"] = "none";
        });
        app.Mode("Recheck-bad", "fail");
        var queue = new QueueClient(azurite.ConnectionString, app.UniqueName);
        await queue.CreateAsync();
        await using var host = await app.StartAsync();
        await queue.SendMessageAsync("bad");
        await queue.SendMessageAsync("plain <text> & more");
        var poison = new QueueClient(azurite.ConnectionString, $"{app.UniqueName}-poison");
        await Patience.UntilAsync(
            async () => await poison.ExistsAsync() && (await poison.PeekMessageAsync()).Value is not null,
            "a poison message"
        );
        Assert.Equal("bad", (await poison.PeekMessageAsync()).Value.MessageText);
        Assert.Equal(
            ["1", "2", "3"],
            app.Folder.Calls("Recheck").Where(call => (string?)call.Data == "bad").Select(call => call.Metadata["DequeueCount"]!.ToString())
        );
        Assert.Equal(["plain <text> & more"], await app.Folder.DoneAsync("Recheck", 1));
    }

    [Fact]
    public async Task A_storage_outage_delays_messages_but_loses_none()
    {
        var settings = azurite.ConnectionString;
        using var relay = new Relay(azurite.Queues.Uri.Port);
        using var app = new TestApp(azurite).Setting(
            "AzureWebJobsStorage",
            settings.Replace($":{azurite.Queues.Uri.Port}/", $":{relay.Port}/", StringComparison.Ordinal)
        );
        await app.Queue.CreateAsync();
        await app.Queue.SendMessageAsync("early");
        await using var host = await app.StartAsync();
        Assert.Contains("rawTarget", await host.Http.GetStringAsync("/api/echo/x"), StringComparison.Ordinal);
        relay.TurnOn();
        Assert.Equal(["early"], await app.Folder.DoneAsync("Recheck", 1));
        relay.TurnOff();
        await app.Queue.SendMessageAsync("later");
        Assert.Contains("rawTarget", await host.Http.GetStringAsync("/api/echo/x"), StringComparison.Ordinal);
        relay.TurnOn();
        Assert.Equal(["early", "later"], await app.Folder.DoneAsync("Recheck", 2));
        Assert.False(host.HasExited);
    }
}
