using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Shared;
using Xunit;

namespace EndToEnd.Tests;

public sealed class AzuriteTests
{
    [Fact]
    public async Task Azurite_answers_the_three_Azure_clients()
    {
        await using var azurite = await AzuriteProcess.StartAsync();

        var container = new BlobContainerClient(azurite.ConnectionString, "pictures");
        await container.CreateAsync();
        await container.UploadBlobAsync("a", BinaryData.FromString("bytes"));
        var queue = new QueueClient(azurite.ConnectionString, "messages");
        await queue.CreateAsync();
        await queue.SendMessageAsync("hello");
        var table = new TableClient(azurite.ConnectionString, "rows");
        await table.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Value"] = 7 });

        var blob = await container.GetBlobClient("a").DownloadContentAsync();
        Assert.Equal("bytes", blob.Value.Content.ToString());
        Assert.Equal("hello", (await queue.ReceiveMessageAsync()).Value.MessageText);
        Assert.Equal(7, (await table.GetEntityAsync<TableEntity>("p", "r")).Value["Value"]);
    }
}
