using System.Text.Json;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>Messages that the host gave up are seen, and tried again at one call.</summary>
public sealed class PoisonTests
{
    [Fact]
    public async Task Given_up_messages_are_counted_listed_and_sent_again()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        await cluster.UploadAsync("poor <b>name</b>.jpg", Picture.Scene(1).Jpeg());
        Assert.Equal(0, await PoisonedAsync(cluster));
        await SendAsync(
            cluster,
            "webjobs-blobtrigger-poison",
            JsonSerializer.Serialize(
                new
                {
                    Type = "BlobTrigger",
                    FunctionId = "Host.Functions.IngestImage",
                    BlobType = "BlockBlob",
                    ContainerName = "images",
                    BlobName = "poor <b>name</b>.jpg",
                    ETag = "\"0x1\"",
                }
            )
        );
        await SendAsync(cluster, "recheck-image-poison", JsonSerializer.Serialize(new { id = new string('a', 32), sequence = 7 }));
        await SendAsync(cluster, "webjobs-blobtrigger-poison", "what is this");

        Assert.Equal(3, await PoisonedAsync(cluster));
        var messages = (await cluster.GetAsync("/api/poison")).GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(3, messages.Count);
        Assert.Contains(messages, message => message.GetProperty("path").GetString() == "images/poor <b>name</b>.jpg");
        Assert.Contains(messages, message => message.GetProperty("id").GetString() == new string('a', 32));

        Assert.Equal(3, (await cluster.PostAsync("/api/poison/resend")).GetProperty("resent").GetInt32());
        await cluster.DrainAsync();
        Assert.Equal("indexed", await cluster.StatusAsync("poor <b>name</b>.jpg"));
        Assert.Equal(0, await PoisonedAsync(cluster));
    }

    private static async Task SendAsync(Cluster cluster, string name, string text)
    {
        var queue = cluster.Queue(name);
        await queue.CreateIfNotExistsAsync();
        await queue.SendMessageAsync(text);
    }

    private static async Task<int> PoisonedAsync(Cluster cluster) =>
        (await cluster.GetAsync("/api/health")).GetProperty("work").GetProperty("poisoned").GetInt32();
}
