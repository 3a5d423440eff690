using System.Net;
using System.Text.Json;
using Azure.Storage.Blobs;
using Functions.Tests.Ingest;
using Shared;

namespace Packaging.Tests;

public sealed class RunTests(PublishedApp app)
{
    [Fact]
    public async Task The_published_folder_runs_as_it_lies_and_judges_uploads()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        await using var search = await SearchEmulatorProcess.StartAsync(0);
        await using var host = await HostProcess.StartAsync(app.Folder, new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["Search__Endpoint"] = search.Address,
            ["Search__ApiKey"] = "local-search-admin-key",
            ["Search__CertificateFile"] = search.CertificateFile,
        });
        using var http = PatientHttp.Client(host.Address);
        var images = new BlobContainerClient(azurite.ConnectionString, "images");
        await images.CreateIfNotExistsAsync();

        var picture = Picture.Scene(90_001);
        await images.GetBlobClient("first.png").UploadAsync(BinaryData.FromBytes(picture.Png()));
        Assert.Equal(("indexed", "new"), await OutcomeAsync(http, "first.png"));
        await images.GetBlobClient("copy.jpg").UploadAsync(BinaryData.FromBytes(picture.Jpeg(90)));
        Assert.Equal(("quarantined", "copy"), await OutcomeAsync(http, "copy.jpg"));

        using var found = JsonDocument.Parse(await http.GetStringAsync("/api/search?text=a+circle&top=1"));
        Assert.Equal("images/first.png", found.RootElement.GetProperty("results")[0].GetProperty("path").GetString());
        await host.StopAsync();
    }

    private static async Task<(string?, string?)> OutcomeAsync(HttpClient http, string name)
    {
        using var response = await Patience.UntilAsync(
            () => http.GetAsync($"/api/images?path=images/{name}"), response => response.StatusCode == HttpStatusCode.OK, $"a verdict on {name}");
        using var record = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (record.RootElement.GetProperty("status").GetString(), record.RootElement.GetProperty("verdict").GetString());
    }
}
