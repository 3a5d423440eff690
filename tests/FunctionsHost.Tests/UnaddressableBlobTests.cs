using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Queues.Models;
using Azure.Storage.Sas;
using FunctionsHost.Tests.Support;
using FunctionsHost.Triggers.Blob;
using Shared;
using Xunit;

namespace FunctionsHost.Tests;

/// <summary>Storage takes <c>PUT …/dir%2F..%2F..%2Fx.jpg</c>, and no client that normalises addresses can name that blob again.</summary>
public sealed class UnaddressableBlobTests(Azurite azurite)
{
    private const string Written = "dir%2F..%2F..%2Fx.jpg";
    private const string Name = "dir/../../x.jpg";

    [Fact]
    public async Task Such_a_blob_is_poison_at_once_and_its_deletion_does_not_hide_that_of_others()
    {
        using var app = new TestApp(azurite);
        app.BlobFunction("Ingest", $"{app.UniqueName}/{{name}}").EventGridFunction("Remove");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        using (var put = new HttpRequestMessage(HttpMethod.Put, AddressOf(container)) { Content = new StringContent("x") })
        {
            put.Headers.Add("x-ms-blob-type", "BlockBlob");
            await SendAsync(put);
        }

        await container.UploadBlobAsync("honest.jpg", BinaryData.FromString("a"));
        await using var host = await app.StartAsync();
        await Receipts.WaitForAsync(azurite, app, "Ingest", 2);
        Assert.Equal("honest.jpg", Assert.Single(app.Calls("Ingest")).Text("name"));
        Assert.Equal(1, await PoisonedAsync(app.UniqueName));

        using (var delete = new HttpRequestMessage(HttpMethod.Delete, AddressOf(container)))
        {
            await SendAsync(delete);
        }

        await container.DeleteBlobAsync("honest.jpg");
        await Patience.UntilAsync(() => app.Calls("Remove").Any(call => call.Body.Contains("honest.jpg", StringComparison.Ordinal)), "the deletion of the honest blob");
        await host.StopAsync();

        await using var second = await app.StartAsync();
        await container.UploadBlobAsync("later.jpg", BinaryData.FromString("a"));
        await app.CallsAsync("Ingest", 2);
        Assert.Equal(1, await PoisonedAsync(app.UniqueName));
    }

    [Theory]
    [InlineData("a.jpg", true)]
    [InlineData("dir/a b.jpg", true)]
    [InlineData("100%/ü+&=#?.jpg", true)]
    [InlineData("a..b/...jpg", true)]
    [InlineData("a%2Fb.jpg", true)]
    [InlineData("a/../b.jpg", false)]
    [InlineData("a/./b.jpg", false)]
    [InlineData("dir/../../x.jpg", false)]
    public void A_name_that_becomes_another_on_its_way_is_not_reached(string name, bool isReached) =>
        Assert.Equal(isReached, BlobAddress.Reaches(azurite.Blobs.GetBlobContainerClient("images"), name));

    private static Uri AddressOf(BlobContainerClient container)
    {
        var sas = container.GenerateSasUri(BlobContainerSasPermissions.All, DateTimeOffset.UtcNow.AddHours(1));
        return new Uri($"{container.Uri}/{Written}{sas.Query}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private static async Task SendAsync(HttpRequestMessage request)
    {
        using var http = new HttpClient();
        using var response = await http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<int> PoisonedAsync(string container)
    {
        PeekedMessage[] messages = await azurite.Queues.GetQueueClient("webjobs-blobtrigger-poison").PeekMessagesAsync(32);
        return messages.Count(message => Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText)) is var text
            && text.Contains(container, StringComparison.Ordinal) && text.Contains(Name, StringComparison.Ordinal));
    }
}
