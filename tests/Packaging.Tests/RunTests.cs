using System.Text.Json;
using Azure.Storage.Blobs;
using Functions.Tests.Pipeline;
using Shared;

namespace Packaging.Tests;

public sealed class RunTests(PublishedApp app)
{
    [Fact]
    public async Task The_published_folder_runs_as_it_lies_and_judges_uploads()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        await using var search = await SearchEmulatorProcess.StartAsync(0);
        await using var worker = await app.StartAsync(azurite, search);
        var images = new BlobContainerClient(azurite.ConnectionString, "images");

        var picture = Picture.Scene(90_001);
        Assert.Equal(("indexed", "new"), await JudgedAsync(worker, images.GetBlobClient("first.png"), picture.Png()));
        Assert.Equal(("quarantined", "copy"), await JudgedAsync(worker, images.GetBlobClient("copy.jpg"), picture.Jpeg(90)));

        using var found = JsonDocument.Parse(await worker.Http.GetStringAsync("/api/search?text=a+circle&top=1"));
        Assert.Equal("images/first.png", found.RootElement.GetProperty("results")[0].GetProperty("path").GetString());
    }

    private static async Task<(string?, string?)> JudgedAsync(AppProcess worker, BlobClient blob, byte[] bytes)
    {
        await blob.UploadAsync(BinaryData.FromBytes(bytes));
        Assert.True(await worker.TriggerAsync(Trigger.Upload(blob.BlobContainerName, blob.Name, blob.Uri.AbsoluteUri)), worker.Output);
        using var record = JsonDocument.Parse(await worker.Http.GetStringAsync($"/api/images?path=images/{blob.Name}"));
        return (record.RootElement.GetProperty("status").GetString(), record.RootElement.GetProperty("verdict").GetString());
    }
}
