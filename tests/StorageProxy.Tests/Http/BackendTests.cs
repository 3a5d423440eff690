using Azure;
using Azure.Storage.Blobs;
using Shared;
using StorageProxy.Tests.Support;
using Xunit;

namespace StorageProxy.Tests.Http;

public sealed class BackendTests
{
    [Fact]
    public async Task While_Azurite_is_down_clients_are_told_to_retry_and_a_new_one_takes_over_on_other_ports()
    {
        var data = Directory.CreateTempSubdirectory("storage-proxy-").FullName;
        var first = await AzuriteProcess.StartAsync(data, Azurite.Secret);
        await using var proxy = await RunningProxy.StartAsync(Azurite.EndpointsOf(first));
        await proxy.Container.UploadBlobAsync("a", BinaryData.FromString("bytes"));
        await first.DisposeAsync();

        var once = new BlobServiceClient(proxy.ConnectionString, new BlobClientOptions { Retry = { MaxRetries = 0 } });
        Assert.Equal(503, (await Assert.ThrowsAsync<RequestFailedException>(() => once.GetPropertiesAsync())).Status);

        await using var second = await AzuriteProcess.StartAsync(data, Azurite.Secret);
        proxy.Server.Backend = Azurite.EndpointsOf(second);

        Assert.Equal("bytes", (await proxy.Container.GetBlobClient("a").DownloadContentAsync()).Value.Content.ToString());
    }
}
