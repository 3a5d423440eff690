using System.Net;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using StorageProxy.Storage;
using StorageProxy.Tests.Support;
using Xunit;

namespace StorageProxy.Tests.Http;

/// <summary>Who is let through, and who is not.</summary>
public sealed class CallerTests(Azurite azurite)
{
    [Fact]
    public async Task The_published_key_does_not_work_behind_the_proxy()
    {
        var once = new BlobClientOptions { Retry = { MaxRetries = 0 } };
        var blobs = await Assert.ThrowsAsync<RequestFailedException>(() =>
            new BlobServiceClient(azurite.ConnectionString, once).GetPropertiesAsync()
        );
        var queues = await Assert.ThrowsAsync<RequestFailedException>(() =>
            new QueueServiceClient(azurite.ConnectionString).GetPropertiesAsync()
        );
        var tables = await Assert.ThrowsAsync<RequestFailedException>(() =>
            new TableServiceClient(azurite.ConnectionString).GetPropertiesAsync()
        );

        Assert.Equal([403, 403, 403], [blobs.Status, queues.Status, tables.Status]);
    }

    [Fact]
    public async Task The_published_key_works_for_all_three_clients_through_the_proxy()
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        var name = $"x{Guid.NewGuid():N}";

        await proxy.Container.UploadBlobAsync("a", BinaryData.FromString("bytes"));
        var queue = new QueueClient(proxy.ConnectionString, name);
        await queue.CreateAsync();
        await queue.SendMessageAsync("hello");
        var table = new TableClient(proxy.ConnectionString, name);
        await table.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "r ä") { ["Value"] = 7 });
        await table.UpsertEntityAsync(new TableEntity("p", "r ä") { ["Other"] = 8 });

        Assert.Equal("bytes", (await proxy.Container.GetBlobClient("a").DownloadContentAsync()).Value.Content.ToString());
        Assert.Equal("hello", (await queue.ReceiveMessageAsync()).Value.MessageText);
        Assert.Equal(7, (await table.GetEntityAsync<TableEntity>("p", "r ä")).Value["Value"]);
    }

    [Fact]
    public void Development_storage_means_the_ports_and_the_account_of_the_local_run()
    {
        var blobs = new BlobServiceClient("UseDevelopmentStorage=true");
        var queues = new QueueServiceClient("UseDevelopmentStorage=true");
        var tables = new TableServiceClient("UseDevelopmentStorage=true");

        Assert.Equal("http://127.0.0.1:10000/devstoreaccount1", blobs.Uri.AbsoluteUri.TrimEnd('/'));
        Assert.Equal("http://127.0.0.1:10001/devstoreaccount1", queues.Uri.AbsoluteUri.TrimEnd('/'));
        Assert.Equal("http://127.0.0.1:10002/devstoreaccount1", tables.Uri.AbsoluteUri.TrimEnd('/'));
    }

    [Theory]
    [InlineData("GET", "evil.example", null, null)]
    [InlineData("GET", "devstoreaccount1.evil.example", null, null)]
    [InlineData("PUT", "127.0.0.1.evil.example", null, null)]
    [InlineData("PUT", null, "http://evil.example", null)]
    [InlineData("POST", null, "http://127.0.0.1:8080", null)]
    [InlineData("DELETE", null, "null", null)]
    [InlineData("POST", null, null, "cross-site")]
    [InlineData("POST", null, null, "same-site")]
    public async Task Foreign_host_names_and_foreign_pages_are_refused_on_all_three_services(
        string method,
        string? host,
        string? origin,
        string? site
    )
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        foreach (var service in Enum.GetValues<StorageService>())
        {
            using var answer = await SendAsync(
                proxy,
                new Uri(proxy.Server.Endpoints.Of(service), $"devstoreaccount1/anything?{RunningProxy.Sas}"),
                method,
                host,
                origin,
                site
            );

            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("only programs on this machine", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_foreign_page_with_a_signature_may_read_but_not_hide_messages()
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        await proxy.Container.UploadBlobAsync("a", BinaryData.FromString("bytes"));
        var queue = new QueueClient(proxy.ConnectionString, $"q{Guid.NewGuid():N}");
        await queue.CreateAsync();
        await queue.SendMessageAsync("hello");
        var messages = new Uri(proxy.Server.Endpoints.Queue, $"devstoreaccount1/{queue.Name}/messages?{RunningProxy.Sas}");

        using var blob = await SendAsync(proxy, proxy.UriOf($"{proxy.Container.Name}/a"), "GET", site: "cross-site");
        using var peeked = await SendAsync(proxy, new Uri(messages.AbsoluteUri + "&peekonly=true"), "GET", site: "cross-site");
        using var received = await SendAsync(proxy, messages, "GET", site: "cross-site");

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden],
            [blob.StatusCode, peeked.StatusCode, received.StatusCode]
        );
        Assert.Contains("only programs on this machine", await received.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("hello", (await queue.ReceiveMessageAsync()).Value.MessageText);
    }

    [Fact]
    public async Task An_uploaded_page_runs_no_script()
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        var page = proxy.Container.GetBlobClient("page.html");
        await page.UploadAsync(
            BinaryData.FromString("<script>1</script>"),
            new Azure.Storage.Blobs.Models.BlobUploadOptions { HttpHeaders = new() { ContentType = "text/html" } }
        );

        using var answer = await proxy.Http.GetAsync(proxy.UriOf($"{proxy.Container.Name}/page.html"));

        Assert.Equal(["sandbox"], answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
    }

    private static async Task<HttpResponseMessage> SendAsync(
        RunningProxy proxy,
        Uri address,
        string method,
        string? host = null,
        string? origin = null,
        string? site = null
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.Host = host;
        foreach (var (name, value) in new[] { ("Origin", origin), ("Sec-Fetch-Site", site) }.Where(header => header.Item2 is not null))
        {
            request.Headers.Add(name, value);
        }

        return await proxy.Http.SendAsync(request);
    }
}
