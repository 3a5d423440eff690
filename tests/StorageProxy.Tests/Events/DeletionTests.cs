using System.Net.Http.Headers;
using System.Text;
using Azure.Storage.Blobs.Models;
using StorageProxy.Tests.Support;
using Xunit;

namespace StorageProxy.Tests.Events;

public sealed class DeletionTests(Azurite azurite)
{
    private static readonly BinaryData Bytes = BinaryData.FromString("bytes");

    [Fact]
    public async Task A_deleted_blob_raises_one_event_even_if_its_snapshots_are_deleted_too()
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        var blob = proxy.Container.GetBlobClient("a");
        await blob.UploadAsync(Bytes);
        await blob.CreateSnapshotAsync();

        await blob.DeleteAsync(DeleteSnapshotsOption.OnlySnapshots);
        await blob.CreateSnapshotAsync();
        await blob.DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots);

        Assert.Equal([("PutBlob", "a"), ("DeleteBlob", "a")], proxy.Raised());
    }

    [Fact]
    public async Task Each_blob_deleted_by_a_batch_raises_one_event()
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        string[] names = ["one", "dir/two ä.jpg", "three"];
        foreach (var name in names)
        {
            await proxy.Container.UploadBlobAsync(name, Bytes);
        }

        await proxy.Container.GetBlobClient("three").CreateSnapshotAsync();
        var answer = await BatchAsync(
            proxy,
            [("one", ""), ("missing", ""), ("dir/two ä.jpg", ""), ("three", "x-ms-delete-snapshots: only\r\n")]
        );

        Assert.Equal(3, answer.Split("202 Accepted").Length - 1);
        Assert.Equal(
            [("DeleteBlob", "dir/two ä.jpg"), ("DeleteBlob", "one")],
            proxy.Raised().Where(raised => raised.Api == "DeleteBlob").OrderBy(raised => raised.Name, StringComparer.Ordinal)
        );
        Assert.True(await proxy.Container.GetBlobClient("three").ExistsAsync());
    }

    [Fact]
    public async Task A_deletion_disguised_as_another_method_raises_one_event()
    {
        await using var proxy = await RunningProxy.StartAsync(azurite.Endpoints);
        await proxy.Container.UploadBlobAsync("a", Bytes);
        using var request = new HttpRequestMessage(HttpMethod.Post, proxy.UriOf($"{proxy.Container.Name}/a"))
        {
            Headers = { { "X-HTTP-Method", "DELETE" } },
        };

        using var answer = await proxy.Http.SendAsync(request);

        var exists = await proxy.Container.GetBlobClient("a").ExistsAsync();
        Assert.Equal(!exists.Value, proxy.Raised().Contains(("DeleteBlob", "a")));
    }

    private static async Task<string> BatchAsync(RunningProxy proxy, IEnumerable<(string Name, string Headers)> blobs)
    {
        var body = new StringBuilder();
        foreach (var (index, (name, headers)) in blobs.Index())
        {
            var target = proxy
                .UriOf($"{proxy.Container.Name}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}")
                .PathAndQuery;
            body.Append(
                "--batch_x\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"
                    + $"Content-ID: {index}\r\n\r\nDELETE {target} HTTP/1.1\r\n{headers}\r\n"
            );
        }

        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.Append("--batch_x--\r\n").ToString()));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/mixed; boundary=batch_x");
        using var answer = await proxy.Http.PostAsync(proxy.UriOf("", "comp=batch"), content);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }
}
