using System.Net;
using System.Text.Json;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StorageProxy.Events;
using StorageProxy.Tests.Support;
using Xunit;

namespace StorageProxy.Tests.Events;

public sealed class TargetTests(Azurite azurite)
{
    private static readonly GridEvent Event = GridEvent.Of(
        new BlobChange(BlobChange.Deleted, "DeleteBlob", new BlobAddress("devstoreaccount1", "images", "ä/b.jpg"), "BlockBlob"),
        new Uri("http://127.0.0.1:10000"),
        "0x1",
        null
    );

    [Fact]
    public async Task A_queue_is_created_if_missing_and_gets_one_base64_message_per_event()
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        var name = $"q{Guid.NewGuid():N}";
        var target = new QueueTarget(proxy.ConnectionString, name);

        await Assert.ThrowsAnyAsync<Exception>(() => target.TellAsync(Event, CancellationToken.None));
        await target.TellAsync(Event, CancellationToken.None);

        var queue = new QueueClient(proxy.ConnectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        var message = Assert.Single((await queue.ReceiveMessagesAsync(32)).Value);
        var json = JsonElement.Parse(message.Body.ToString());
        Assert.Equal("/blobServices/default/containers/images/blobs/ä/b.jpg", json.GetProperty("subject").GetString());
        Assert.Equal(
            "http://127.0.0.1:10000/devstoreaccount1/images/%C3%A4/b.jpg",
            json.GetProperty("data").GetProperty("url").GetString()
        );
        Assert.Equal("Microsoft.Storage.BlobDeleted", json.GetProperty("eventType").GetString());
    }

    [Fact]
    public async Task A_host_receives_events_at_its_blob_trigger_webhook_and_must_accept_them()
    {
        var answers = new Queue<int>([503, 202]);
        var heard = new List<(string Function, string Kind, string Key, int Events)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var host = builder.Build();
        host.MapPost(
            "/runtime/webhooks/blobs",
            async (HttpContext context) =>
            {
                var events = (await JsonDocument.ParseAsync(context.Request.Body)).RootElement.GetArrayLength();
                heard.Add(
                    (
                        context.Request.Query["functionName"]!,
                        context.Request.Headers["aeg-event-type"]!,
                        context.Request.Headers["x-functions-key"]!,
                        events
                    )
                );
                return Results.StatusCode(answers.Dequeue());
            }
        );
        await host.StartAsync();
        Uri? address = null;
        using var target = new WebhookTarget(() => address, "IngestImage", "secret");

        await Assert.ThrowsAsync<HttpRequestException>(() => target.TellAsync(Event, CancellationToken.None));
        address = new Uri(host.Urls.Single());
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => target.TellAsync(Event, CancellationToken.None));
        await target.TellAsync(Event, CancellationToken.None);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refusal.StatusCode);
        Assert.Equal(Enumerable.Repeat(("Host.Functions.IngestImage", "Notification", "secret", 1), 2), heard);
    }
}
