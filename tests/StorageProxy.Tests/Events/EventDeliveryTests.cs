using System.Net;
using System.Net.Sockets;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shared;
using StorageProxy.Events;
using StorageProxy.Storage;
using StorageProxy.Tests.Support;
using Xunit;

namespace StorageProxy.Tests.Events;

public sealed class EventDeliveryTests(Azurite azurite)
{
    private static readonly BinaryData Bytes = BinaryData.FromString("bytes");

    [Fact]
    public async Task While_the_subscriber_is_down_uploads_succeed_and_their_events_are_kept()
    {
        var isAway = true;
        var subscriber = new Subscriber { Before = _ => isAway ? throw new HttpRequestException("away") : Task.CompletedTask };
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints, subscriber);

        for (var number = 0; number < 20; number++)
        {
            await proxy.Container.UploadBlobAsync($"{number}", Bytes);
            Assert.Equal(number + 1, Directory.GetFiles(proxy.Folder, "*.json").Length);
        }

        Assert.Empty(subscriber.Taken);
        isAway = false;

        await Patience.UntilAsync(() => Directory.GetFiles(proxy.Folder, "*.json").Length == 0);
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"{number}").Order(), Names(subscriber).Order());
    }

    [Fact]
    public async Task A_slow_subscriber_does_not_hold_up_the_answer()
    {
        var release = new TaskCompletionSource();
        var subscriber = new Subscriber { Before = _ => release.Task };
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints, subscriber);

        await proxy.Container.UploadBlobAsync("a", Bytes);

        Assert.Single(Directory.GetFiles(proxy.Folder, "*.json"));
        Assert.Empty(subscriber.Taken);
        release.SetResult();
        await Patience.UntilAsync(() => subscriber.Taken.Count == 1);
    }

    [Fact]
    public async Task A_new_proxy_delivers_what_the_previous_one_could_not()
    {
        var container = $"c{Guid.NewGuid():N}";
        var away = new Subscriber { Before = _ => throw new HttpRequestException("away") };
        await using var first = await RunningProxy.StartAsync(azurite.Endpoints, away, container: container);
        await first.Container.UploadBlobAsync("a", Bytes);
        await first.Container.DeleteBlobAsync("a");
        await first.Server.DisposeAsync();

        var subscriber = new Subscriber();
        await using var second = await RunningProxy.StartAsync(azurite.Endpoints, subscriber, first.Folder, container);

        await Patience.UntilAsync(() => subscriber.Taken.Count == 2);
        Assert.Equal(["DeleteBlob", "PutBlob"], subscriber.Taken.Select(taken => RunningProxy.Read(taken.Json).Api).Order());
    }

    [Fact]
    public async Task An_upload_whose_event_cannot_be_stored_is_not_reported_as_successful()
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        Directory.Delete(proxy.Folder);
        var once = new BlobClientOptions { Retry = { MaxRetries = 0 } };
        var blob = new BlobClient(proxy.ConnectionString, proxy.Container.Name, "a", once);

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(Bytes, overwrite: true));

        Assert.Equal(503, refusal.Status);
        Directory.CreateDirectory(proxy.Folder);
        await blob.UploadAsync(Bytes, overwrite: true);
        Assert.Equal([("PutBlob", "a")], proxy.Raised());
    }

    [Fact]
    public async Task A_refused_event_does_not_hold_up_the_others()
    {
        var subscriber = new Subscriber
        {
            Before = told =>
                told.Json.Contains("bad", StringComparison.Ordinal)
                    ? throw new HttpRequestException("no", null, HttpStatusCode.BadRequest)
                    : Task.CompletedTask,
        };
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints, subscriber);

        for (var number = 0; number < 16; number++)
        {
            await proxy.Container.UploadBlobAsync($"bad{number}", Bytes);
        }

        await proxy.Container.UploadBlobAsync("good", Bytes);

        await Patience.UntilAsync(() => subscriber.Taken.Count == 1);
        Assert.Equal(["good"], Names(subscriber));
        Assert.Equal(16, Directory.GetFiles(proxy.Folder, "*.json").Length);
    }

    [Fact]
    public async Task Events_of_the_seconds_that_storage_forgot_are_delivered_again()
    {
        var subscriber = new Subscriber();
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints, subscriber);
        await proxy.Container.UploadBlobAsync("a", Bytes);
        await Patience.UntilAsync(() => Directory.GetFiles(proxy.Folder, "*.told").Length == 1);

        proxy.Server.Events.StorageForgot();

        await Patience.UntilAsync(() => subscriber.Taken.Count == 2);
        Assert.Equal(["a", "a"], Names(subscriber));
        await Patience.UntilAsync(() => Directory.GetFiles(proxy.Folder, "*.told").Length == 1);
        proxy.Server.Events.StorageSaved();
        Assert.Empty(Directory.GetFiles(proxy.Folder));
    }

    [Fact]
    public async Task An_upload_counts_even_if_the_client_disconnects_before_the_response()
    {
        var (received, left) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var storage = await SlowStorageAsync(received, left.Task);
        var at = new Uri(storage.Urls.Single());
        await using var proxy = await RunningProxy.StartAsync(new StorageEndpoints(at, at, at));
        var address = proxy.UriOf($"{proxy.Container.Name}/left");
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, address.Port);
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            await client
                .GetStream()
                .WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"PUT {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nx-ms-blob-type: BlockBlob\r\n"
                            + "Content-Length: 5\r\n\r\nbytes"
                    )
                );
            await Patience.ForAsync(received.Task);
        }

        left.SetResult();

        await Patience.UntilAsync(() => proxy.Raised().Count == 1);
        Assert.Equal([("PutBlob", "left")], proxy.Raised());
    }

    /// <summary>Answers the upload of a blob only once its client has left, and has had time to be missed.</summary>
    private static async Task<WebApplication> SlowStorageAsync(TaskCompletionSource received, Task left)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var storage = builder.Build();
        storage.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            if (context.Request.Headers.ContainsKey("x-ms-blob-type"))
            {
                received.SetResult();
                await left;
                await Task.WhenAny(Task.Delay(500), Aborted(context));
            }

            context.Response.StatusCode = StatusCodes.Status201Created;
        });
        await storage.StartAsync();
        return storage;
    }

    private static Task Aborted(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted);

    private static IEnumerable<string> Names(Subscriber subscriber) => subscriber.Taken.Select(taken => RunningProxy.Read(taken.Json).Name);
}
