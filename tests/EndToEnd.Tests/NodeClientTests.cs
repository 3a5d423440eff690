using Azure.Storage.Blobs;
using Shared;
using Xunit;

namespace EndToEnd.Tests;

public sealed class NodeClientTests
{
    [Fact]
    public async Task What_the_other_client_uploads_is_what_the_Azure_client_reads()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder, "grey picture.png");
        await File.WriteAllBytesAsync(file, [1, 2, 3]);
        var container = new BlobContainerClient(azurite.ConnectionString, "pictures");
        await container.CreateAsync();

        await NodeClient.UploadAsync(azurite.ConnectionString, "pictures", file);

        var blob = await container.GetBlobClient("grey picture.png").DownloadContentAsync();
        Assert.Equal([1, 2, 3], blob.Value.Content.ToArray());
        Assert.Equal("image/png", blob.Value.Details.ContentType);
    }
}
