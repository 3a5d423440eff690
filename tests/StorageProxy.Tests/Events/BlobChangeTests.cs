using StorageProxy.Events;
using StorageProxy.Storage;
using Xunit;

namespace StorageProxy.Tests.Events;

public sealed class BlobChangeTests
{
    private const string Blob = "/devstoreaccount1/images/a.jpg";

    [Theory]
    [InlineData("PUT", Blob, "x-ms-blob-type: BlockBlob", "PutBlob")]
    [InlineData("PUT", Blob, "x-ms-blob-type: AppendBlob", "PutBlob")]
    [InlineData("PUT", Blob + "?timeout=30&sv=2025&sig=a%2Bb", "x-ms-blob-type: BlockBlob", "PutBlob")]
    [InlineData("PUT", Blob + "?comp=nonsense", "x-ms-blob-type: BlockBlob", "PutBlob")]
    [InlineData("PUT", Blob, "x-ms-copy-source: http://127.0.0.1/b", "CopyBlob")]
    [InlineData("PUT", Blob + "?comp=blocklist", "", "PutBlockList")]
    [InlineData("PATCH", Blob + "?action=flush&position=7&close=true", "", "FlushWithClose")]
    [InlineData("DELETE", Blob, "", "DeleteBlob")]
    [InlineData("DELETE", Blob, "x-ms-delete-snapshots: include", "DeleteBlob")]
    [InlineData("POST", Blob, "X-HTTP-Method: DELETE", "DeleteBlob")]
    [InlineData("PUT", Blob + "?comp=block&blockid=QQ%3D%3D", "", null)]
    [InlineData("PUT", Blob + "?comp=block&blockid=QQ%3D%3D", "x-ms-copy-source: http://127.0.0.1/b", null)]
    [InlineData("PUT", Blob + "?comp=copy&copyid=1", "x-ms-copy-action: abort", null)]
    [InlineData("PUT", Blob + "?comp=metadata", "", null)]
    [InlineData("PUT", Blob + "?comp=snapshot", "", null)]
    [InlineData("PUT", Blob + "?comp=lease", "x-ms-lease-action: acquire", null)]
    [InlineData("PUT", Blob + "?comp=appendblock", "", null)]
    [InlineData("PUT", "/devstoreaccount1/images?restype=container", "", null)]
    [InlineData("PATCH", Blob + "?action=append&position=0", "", null)]
    [InlineData("DELETE", Blob + "?snapshot=2026-01-01T00%3A00%3A00Z", "", null)]
    [InlineData("DELETE", Blob, "x-ms-delete-snapshots: only", null)]
    [InlineData("DELETE", "/devstoreaccount1/images?restype=container", "", null)]
    [InlineData("GET", Blob, "", null)]
    [InlineData("POST", Blob + "?comp=query", "", null)]
    public void Creating_or_deleting_a_whole_blob_raises_an_event(string method, string target, string header, string? api)
    {
        var words = header.Split(": ");
        var request = StorageRequest.Of(
            method,
            target,
            name => string.Equals(name, words[0], StringComparison.OrdinalIgnoreCase) ? words[1] : null
        );

        Assert.Equal(api, BlobChange.Of(request)?.Api);
    }

    [Theory]
    [InlineData("/devstoreaccount1/images/a%20b.jpg", "a b.jpg", "a%20b.jpg")]
    [InlineData("/devstoreaccount1/images/dir%2Fx.jpg", "dir/x.jpg", "dir/x.jpg")]
    [InlineData("/devstoreaccount1/images/dir%5Cx.jpg", "dir/x.jpg", "dir/x.jpg")]
    [InlineData("/devstoreaccount1/images%2Fx.jpg", "x.jpg", "x.jpg")]
    [InlineData("/devstoreaccount1/images//x.jpg", "/x.jpg", "%2Fx.jpg")]
    [InlineData("/devstoreaccount1/images/a%2F..%2Fx.jpg", "a/../x.jpg", "a%2F..%2Fx.jpg")]
    [InlineData("/devstoreaccount1/images/100%25.jpg", "100%.jpg", "100%25.jpg")]
    [InlineData("/devstoreaccount1/images/a+b&c=d.jpg", "a+b&c=d.jpg", "a%2Bb%26c%3Dd.jpg")]
    [InlineData("/devstoreaccount1/images/%C3%A4%23%3F.jpg", "ä#?.jpg", "%C3%A4%23%3F.jpg")]
    public void A_path_names_the_blob_that_Azurite_resolves_it_to(string path, string name, string written)
    {
        var blob = BlobAddress.Parse(path)!;

        Assert.Equal(("images", name), (blob.Container, blob.Name));
        Assert.Equal($"http://127.0.0.1:10000/devstoreaccount1/images/{written}", blob.At(new Uri("http://127.0.0.1:10000")).AbsoluteUri);
    }
}
