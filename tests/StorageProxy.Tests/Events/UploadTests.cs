using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using StorageProxy.Tests.Support;
using Xunit;

namespace StorageProxy.Tests.Events;

/// <summary>What a client did, and which events are kept by the time it has its answer.</summary>
public sealed class UploadTests(Azurite azurite)
{
    private static readonly BinaryData Bytes = BinaryData.FromString("bytes");

    [Fact]
    public async Task Putting_a_blob_raises_one_event()
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        var headers = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "image/jpeg" } };

        var made = await proxy.Container.GetBlobClient("a.jpg").UploadAsync(Bytes, headers);

        Assert.Equal([("PutBlob", "a.jpg")], proxy.Raised());
        var data = System
            .Text.Json.JsonElement.Parse(await File.ReadAllTextAsync(Directory.GetFiles(proxy.Folder).Single()))
            .GetProperty("data");
        Assert.Equal(
            (made.Value.ETag.ToString("G").Trim('"'), "image/jpeg", 5, "BlockBlob"),
            (
                data.GetProperty("eTag").GetString(),
                data.GetProperty("contentType").GetString(),
                data.GetProperty("contentLength").GetInt32(),
                data.GetProperty("blobType").GetString()
            )
        );
    }

    [Fact]
    public async Task Committing_blocks_raises_one_event()
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        var parts = new BlobUploadOptions
        {
            TransferOptions = new() { InitialTransferSize = 1 << 20, MaximumTransferSize = 1 << 20 },
        };

        await proxy.Container.GetBlobClient("large").UploadAsync(new MemoryStream(new byte[5_000_000]), parts);

        Assert.Equal([("PutBlockList", "large")], proxy.Raised());
        Assert.Equal(5_000_000, (await proxy.Container.GetBlobClient("large").GetPropertiesAsync()).Value.ContentLength);
    }

    [Fact]
    public async Task Uncommitted_blocks_raise_no_event()
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);

        await proxy.Container.GetBlockBlobClient("staged").StageBlockAsync("QQ==", Bytes.ToStream());

        Assert.Empty(proxy.Raised());
    }

    [Fact]
    public async Task Creating_an_append_or_page_blob_raises_one_event()
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        var append = proxy.Container.GetAppendBlobClient("append");
        var page = proxy.Container.GetPageBlobClient("page");

        await append.CreateAsync();
        await append.AppendBlockAsync(Bytes.ToStream());
        await page.CreateAsync(512);
        await page.UploadPagesAsync(new MemoryStream(new byte[512]), 0);

        Assert.Equal([("PutBlob", "append"), ("PutBlob", "page")], proxy.Raised());
    }

    [Fact]
    public async Task Each_copy_raises_one_event()
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        var source = proxy.Container.GetBlobClient("source");
        await source.UploadAsync(Bytes);

        await (await proxy.Container.GetBlobClient("started").StartCopyFromUriAsync(source.Uri)).WaitForCompletionAsync();
        var readable = source.GenerateSasUri(Azure.Storage.Sas.BlobSasPermissions.Read, DateTimeOffset.UtcNow.AddHours(1));
        await proxy.Container.GetBlobClient("waited").SyncCopyFromUriAsync(readable);

        Assert.Equal([("PutBlob", "source"), ("CopyBlob", "started"), ("CopyBlob", "waited")], proxy.Raised());
        Assert.Equal("bytes", (await proxy.Container.GetBlobClient("waited").DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task Requests_that_leave_the_bytes_alone_raise_no_event()
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        var blob = proxy.Container.GetBlobClient("a");
        await blob.UploadAsync(Bytes);
        var before = proxy.Raised();

        await blob.SetMetadataAsync(new Dictionary<string, string> { ["k"] = "v" });
        await blob.SetHttpHeadersAsync(new BlobHttpHeaders { ContentType = "image/png" });
        await blob.SetTagsAsync(new Dictionary<string, string> { ["k"] = "v" });
        await blob.SetAccessTierAsync(AccessTier.Cool);
        var lease = await blob.GetBlobLeaseClient().AcquireAsync(TimeSpan.FromSeconds(15));
        await blob.GetBlobLeaseClient(lease.Value.LeaseId).ReleaseAsync();
        var snapshot = await blob.CreateSnapshotAsync();
        await blob.WithSnapshot(snapshot.Value.Snapshot).DeleteAsync();
        await blob.DownloadContentAsync();

        Assert.Equal(before, proxy.Raised());
    }

    [Fact]
    public async Task Failed_requests_raise_no_event()
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        var blob = proxy.Container.GetBlobClient("a");
        await blob.UploadAsync(Bytes);
        var before = proxy.Raised();

        await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(Bytes));
        await Assert.ThrowsAsync<RequestFailedException>(() =>
            blob.DeleteAsync(conditions: new BlobRequestConditions { IfMatch = new ETag("\"0\"") })
        );
        await Assert.ThrowsAsync<RequestFailedException>(() => proxy.Container.GetBlobClient("missing").DeleteAsync());
        await Assert.ThrowsAsync<RequestFailedException>(() => new BlobClient(blob.Uri).UploadAsync(Bytes, overwrite: true));

        Assert.Equal(before, proxy.Raised());
    }

    [Fact]
    public async Task Containers_without_a_subscription_raise_no_event()
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        var other = new BlobContainerClient(proxy.ConnectionString, $"other{Guid.NewGuid():N}");
        await other.CreateAsync();

        await other.UploadBlobAsync("a", Bytes);
        await other.DeleteBlobAsync("a");

        Assert.Empty(proxy.Raised());
    }

    [Theory]
    [InlineData("ä ö/日本.jpg")]
    [InlineData("100% %20 a+b&c=d.jpg")]
    [InlineData("#?'\"<>[]{}^`|~.jpg")]
    [InlineData("a/../b")]
    [InlineData("back\\slash")]
    [InlineData("/leading//double/")]
    public async Task Events_of_oddly_named_blobs_lead_back_to_the_blob(string name)
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        var address = proxy.UriOf($"{proxy.Container.Name}/{Uri.EscapeDataString(name)}");
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes("bytes")) { Headers = { { "x-ms-blob-type", "BlockBlob" } } };

        using var answer = await proxy.Http.PutAsync(address, body);

        Assert.True(answer.IsSuccessStatusCode);
        var listed = new List<string>();
        await foreach (var blob in proxy.Container.GetBlobsAsync())
        {
            listed.Add(blob.Name);
        }

        Assert.Equal([("PutBlob", Assert.Single(listed))], proxy.Raised());
    }
}
