using System.Text;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using FunctionsHost.Tests.Support;
using Shared;
using Xunit;

namespace FunctionsHost.Tests;

[Long]
public sealed class QueueTriggerTests(Azurite azurite)
{
    [Fact]
    public async Task Creates_the_queue_and_invokes_with_the_metadata_of_the_real_host()
    {
        using var app = new TestApp(azurite);
        app.QueueFunction("Recheck", app.UniqueName);
        await using var host = await app.StartAsync();
        var queue = await QueueAsync(app);
        SendReceipt sent = await queue.SendMessageAsync(Base64("""{"a":1,"flag":true,"text":"x","object":{"b":2},"array":[1],"myTrigger":"no","Id":"other"}"""));

        var call = Assert.Single(await app.CallsAsync("Recheck", 1));
        Assert.Equal("\"{\\\"a\\\":1", ((string)call.Data!)[..9]);
        Assert.Equal("1", (string?)call.Metadata["DequeueCount"]);
        Assert.Equal(sent.InsertionTime, DateTimeOffset.Parse((string)call.Metadata["InsertionTime"]!, null));
        Assert.Equal(sent.ExpirationTime, DateTimeOffset.Parse((string)call.Metadata["ExpirationTime"]!, null));
        Assert.NotEmpty(call.Text("PopReceipt"));
        Assert.Equal("other", call.Text("Id"));
        Assert.Equal("1", call.Text("a"));
        Assert.Equal("True", call.Text("flag"));
        Assert.Equal("x", call.Text("text"));
        Assert.Equal(2, (int)call.Metadata["object"]!["b"]!);
        Assert.DoesNotContain("array", call.Metadata.Select(pair => pair.Key));
        Assert.DoesNotContain("myTrigger", call.Metadata.Select(pair => pair.Key));
        await EmptyAsync(queue);
    }

    [Fact]
    public async Task Reads_plain_messages_where_host_json_says_none()
    {
        using var app = new TestApp(azurite);
        app.WriteHostJson(json => json["extensions"]!["queues"]!["messageEncoding"] = "none").QueueFunction("Recheck", app.UniqueName);
        await using var host = await app.StartAsync();
        await (await QueueAsync(app)).SendMessageAsync("plain <text> & more");
        Assert.Equal("plain <text> & more", Unwrap(Assert.Single(await app.CallsAsync("Recheck", 1))));
    }

    [Fact]
    public async Task A_message_that_keeps_failing_goes_to_the_poison_queue_as_it_was()
    {
        using var app = new TestApp(azurite);
        app.WriteHostJson(json => json["extensions"]!["queues"]!["maxDequeueCount"] = 3)
            .QueueFunction("Recheck", app.UniqueName).Mode("Recheck", "fail");
        await using var host = await app.StartAsync();
        var queue = await QueueAsync(app);
        await queue.SendMessageAsync(Base64("bad"));

        Assert.Equal(Base64("bad"), await ReceiveAsync(azurite.Queues.GetQueueClient($"{app.UniqueName}-poison")));
        Assert.Equal(["1", "2", "3"], app.Calls("Recheck").Select(call => (string?)call.Metadata["DequeueCount"]));
        await EmptyAsync(queue);
    }

    [Fact]
    public async Task A_message_that_is_not_base64_is_poison_at_once()
    {
        using var app = new TestApp(azurite);
        app.QueueFunction("Recheck", app.UniqueName);
        await using var host = await app.StartAsync();
        await (await QueueAsync(app)).SendMessageAsync("not base64!");
        Assert.Equal("not base64!", await ReceiveAsync(azurite.Queues.GetQueueClient($"{app.UniqueName}-poison")));
        await Patience.UntilAsync(() => host.Errors.Contains("messageEncoding", StringComparison.Ordinal));
        Assert.Empty(app.Calls("Recheck"));
    }

    [Fact]
    public async Task A_failed_message_stays_hidden_for_the_visibility_timeout()
    {
        using var app = new TestApp(azurite);
        app.WriteHostJson(json => json["extensions"]!["queues"]!["visibilityTimeout"] = "00:10:00")
            .QueueFunction("Recheck", app.UniqueName).Mode("Recheck", "fail");
        await using var host = await app.StartAsync();
        var queue = await QueueAsync(app);
        await queue.SendMessageAsync(Base64("a"));
        await app.CallsAsync("Recheck", 1);
        await queue.SendMessageAsync(Base64("b"));
        var calls = await app.CallsAsync("Recheck", 2);
        Assert.Equal(["a", "b"], calls.Select(Unwrap));
    }

    [Fact]
    public async Task A_message_is_held_for_longer_than_its_lease_while_it_is_worked_on()
    {
        using var app = new TestApp(azurite);
        app.QueueFunction("Recheck", app.UniqueName).Mode("Recheck", "wait:go");
        await using var host = await app.StartAsync();
        var queue = await QueueAsync(app);
        await queue.SendMessageAsync(Base64("slow"));
        await app.CallsAsync("Recheck", 1);

        // Only time tells whether a lease was renewed.
        await Task.Delay(Triggers.Queue.QueueLease.Length + TimeSpan.FromSeconds(5));
        Assert.Single(app.Calls("Recheck"));
        app.Signal("go");
        await EmptyAsync(queue);
        Assert.Single(app.Calls("Recheck"));
    }

    [Fact]
    public async Task At_most_one_batch_and_the_threshold_run_at_once()
    {
        using var app = new TestApp(azurite);
        app.WriteHostJson(json => (json["extensions"]!["queues"]!["batchSize"], json["extensions"]!["queues"]!["newBatchThreshold"]) = (2, 1))
            .QueueFunction("Recheck", app.UniqueName).Mode("Recheck", "wait:go");
        await using var host = await app.StartAsync();
        var queue = await QueueAsync(app);
        for (var i = 0; i < 12; i++)
        {
            await queue.SendMessageAsync(Base64($"{i}"));
        }

        await app.CallsAsync("Recheck", 2);
        app.Signal("go");
        var calls = await app.CallsAsync("Recheck", 12);
        Assert.InRange(calls.Max(call => call.Running), 2, 3);
        await EmptyAsync(queue);
    }

    [Fact]
    public async Task What_a_clean_stop_cuts_short_is_back_in_the_queue_at_once()
    {
        using var app = new TestApp(azurite);
        app.QueueFunction("Recheck", app.UniqueName).Mode("Recheck", "wait:never");
        var queue = azurite.Queues.GetQueueClient(app.UniqueName);
        await using (var host = await app.StartAsync())
        {
            await (await QueueAsync(app)).SendMessageAsync(Base64("a"));
            await app.CallsAsync("Recheck", 1);
            Assert.Equal(0, await host.StopAsync());
            Assert.Contains("abandoned", host.Errors, StringComparison.Ordinal);
        }

        QueueMessage message = await queue.ReceiveMessageAsync();
        Assert.Equal(Base64("a"), message.MessageText);
        Assert.Equal(2, message.DequeueCount);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Unwrap(TestApp.Call call) => System.Text.Json.JsonSerializer.Deserialize<string>((string)call.Data!)!;

    /// <summary>The host creates it.</summary>
    private async Task<QueueClient> QueueAsync(TestApp app)
    {
        var queue = azurite.Queues.GetQueueClient(app.UniqueName);
        await Patience.UntilAsync(async () => await queue.ExistsAsync(), "the queue exists");
        return queue;
    }

    private static Task EmptyAsync(QueueClient queue) => Patience.UntilAsync(
        async () => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0, "the queue is empty");

    private static async Task<string> ReceiveAsync(QueueClient queue)
    {
        QueueMessage? message = null;
        await Patience.UntilAsync(
            async () => await queue.ExistsAsync() && (message = (await queue.ReceiveMessageAsync()).Value) is not null, "a message");
        return message!.MessageText;
    }
}
