using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FunctionsHost.Tests.Support;
using Shared;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class BlobTriggerTests(Azurite azurite)
{
    [Fact]
    public async Task Invokes_with_the_deferred_shape_and_the_metadata_of_the_real_host()
    {
        using var app = new TestApp(azurite);
        app.BlobFunction("Ingest", $"{app.UniqueName}/{{name}}");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await container.GetBlobClient("dir/a b.jpg").UploadAsync(BinaryData.FromString("bytes"), new BlobUploadOptions
        {
            Metadata = new Dictionary<string, string> { ["camera"] = "x1" },
            HttpHeaders = new BlobHttpHeaders { ContentType = "image/jpeg" },
        });

        await using var host = await app.StartAsync();
        var call = Assert.Single(await app.CallsAsync("Ingest", 1));

        Assert.Equal("POST", call.Method);
        Assert.Equal("application/json; charset=utf-8", call.Headers["Content-Type"]);
        Assert.Equal("chunked", call.Headers["Transfer-Encoding"]);
        Assert.DoesNotContain("Content-Length", call.Headers.Keys);
        Assert.True(Guid.TryParse(call.Headers["X-Azure-Functions-InvocationId"], out _));
        Assert.StartsWith("Azure-Functions-Host/", call.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.NotEmpty(call.Headers["X-Azure-Functions-HostVersion"]);

        Assert.Equal("AzureStorageBlobs", (string?)call.Data!["Source"]);
        Assert.Equal("1.0", (string?)call.Data["Version"]);
        Assert.Equal("application/json", (string?)call.Data["ContentType"]);
        Assert.False((bool)call.Data["Content"]!["IsEmpty"]!);
        Assert.Equal(azurite.Blobs.Uri.AbsoluteUri.TrimEnd('/') + $"/{app.UniqueName}/dir/a%20b.jpg", call.Text("Uri"));
        Assert.Equal("dir/a b.jpg", call.Text("name"));
        Assert.Equal("x1", (string?)call.Metadata["Metadata"]!["camera"]);
        Assert.Equal(5, (int)call.Metadata["Properties"]!["ContentLength"]!);
        Assert.Equal("image/jpeg", (string?)call.Metadata["Properties"]!["ContentType"]);
        Assert.Equal("{}", call.Metadata["Properties"]!["ETag"]!.ToJsonString());
        Assert.Equal("SzpiGLs+OnMD6KFxpg/Pkg==", (string?)call.Metadata["Properties"]!["ContentHash"]);
        Assert.Equal("Ingest", (string?)call.Metadata["sys"]!["MethodName"]);
        Assert.True(DateTime.TryParse((string?)call.Metadata["sys"]!["UtcNow"], out _));
        Assert.True(Guid.TryParse((string?)call.Metadata["sys"]!["RandGuid"], out _));
        Assert.DoesNotContain(call.Metadata, pair => pair.Key.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData(""","properties":{"supportsDeferredBinding":true}""", new[] { "--base64" })]
    [InlineData(""","dataType":"binary","source":"LogsAndContainerScan" """, new string[0])]
    public async Task Sends_the_bytes_as_base64_without_deferred_binding_or_on_request(string binding, string[] arguments)
    {
        using var app = new TestApp(azurite);
        app.BlobFunction("Ingest", $"{app.UniqueName}/{{name}}", binding);
        await using var host = await app.StartAsync(arguments);
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        var bytes = Enumerable.Range(0, 300_000).Select(i => (byte)i).ToArray();
        await container.UploadBlobAsync("a.bin", new BinaryData(bytes));

        var call = Assert.Single(await app.CallsAsync("Ingest", 1));
        Assert.Equal(bytes, Convert.FromBase64String((string)call.Data!));
    }

    [Fact]
    public async Task Waits_for_a_container_that_does_not_exist_yet()
    {
        using var app = new TestApp(azurite);
        app.BlobFunction("Ingest", $"{app.UniqueName}/{{name}}");
        await using var host = await app.StartAsync();
        await Patience.UntilAsync(() => host.Errors.Contains($"Waiting for the container {app.UniqueName}", StringComparison.Ordinal));
        await azurite.Blobs.GetBlobContainerClient(app.UniqueName).CreateAsync();
        await azurite.Blobs.GetBlobContainerClient(app.UniqueName).UploadBlobAsync("a", BinaryData.FromString("a"));
        await app.CallsAsync("Ingest", 1);
    }

    [Fact]
    public async Task Calls_only_the_functions_whose_pattern_matches_and_names_the_parts()
    {
        using var app = new TestApp(azurite);
        app.BlobFunction("All", $"{app.UniqueName}/{{name}}")
            .BlobFunction("Photos", $"{app.UniqueName}/photos/{{name}}.{{ext}}")
            .BlobFunction("Elsewhere", $"{app.UniqueName}/elsewhere/{{name}}");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await container.UploadBlobAsync("photos/one.two.jpg", BinaryData.FromString("1"));
        await container.UploadBlobAsync("photos", BinaryData.FromString("2"));

        await using var host = await app.StartAsync();
        await app.CallsAsync("All", 2);
        var photo = Assert.Single(await app.CallsAsync("Photos", 1));
        Assert.Equal("one.two", photo.Text("name"));
        Assert.Equal("jpg", photo.Text("ext"));
        Assert.Empty(app.Calls("Elsewhere"));
    }

    [Fact]
    public async Task An_overwritten_blob_is_a_new_blob()
    {
        using var app = new TestApp(azurite);
        app.BlobFunction("Ingest", $"{app.UniqueName}/{{name}}");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await using var host = await app.StartAsync();
        for (var version = 1; version <= 3; version++)
        {
            await container.GetBlobClient("a").UploadAsync(BinaryData.FromString(new string('x', version)), overwrite: true);
            var calls = await app.CallsAsync("Ingest", version);
            Assert.Equal(version, (int)calls[^1].Metadata["Properties"]!["ContentLength"]!);
        }

        Assert.Equal(3, app.Calls("Ingest").Count);
    }

    [Fact]
    public async Task Placeholders_come_from_the_settings_and_the_connection_may_have_another_name()
    {
        using var app = new TestApp(azurite);
        app.BlobFunction("Ingest", "%Storage:Images%/{name}", ""","connection":"Photos","source":"EventGrid" """)
            .Setting("Storage__Images", app.UniqueName)
            .Setting("AzureWebJobsPhotos", azurite.ConnectionString);
        await azurite.Blobs.GetBlobContainerClient(app.UniqueName).CreateAsync();
        await azurite.Blobs.GetBlobContainerClient(app.UniqueName).UploadBlobAsync("a", BinaryData.FromString("a"));
        await using var host = await app.StartAsync();
        await app.CallsAsync("Ingest", 1);
        Assert.Contains($"Watching {app.UniqueName}/{{name}} by listing it", host.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_name_arrives_as_it_is_and_its_receipt_is_found_again()
    {
        string[] names = ["a b/c#d?e%20f+g&h.jpg", "quote\"apostrophe'<tag>.jpg", "{name}%Storage%.jpg", "ünï/日本語/🖼.png", new string('x', 1024)];
        using var app = new TestApp(azurite);
        app.BlobFunction("Ingest", $"{app.UniqueName}/{{name}}");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        foreach (var name in names)
        {
            await container.UploadBlobAsync(name, BinaryData.FromString("a"));
        }

        await using (await app.StartAsync())
        {
            var calls = await app.CallsAsync("Ingest", names.Length);
            Assert.Equal(names.Order(StringComparer.Ordinal), calls.Select(call => call.Text("name")).Order(StringComparer.Ordinal));
            Assert.All(calls, call => Assert.Equal(call.Text("name"), new BlobUriBuilder(new Uri(call.Text("Uri"))).BlobName));
            await Receipts.WaitForAsync(azurite, app, "Ingest", names.Length);
        }

        await using (await app.StartAsync())
        {
            await container.UploadBlobAsync("another", BinaryData.FromString("a"));
            await Receipts.WaitForAsync(azurite, app, "Ingest", names.Length + 1);
            Assert.Equal(names.Length + 1, app.Calls("Ingest").Count);
        }
    }

    [Fact]
    public async Task At_most_as_many_run_at_once_as_host_json_says()
    {
        using var app = new TestApp(azurite);
        app.WriteHostJson(json => json["extensions"]!["blobs"]!["maxDegreeOfParallelism"] = 3)
            .BlobFunction("Ingest", $"{app.UniqueName}/{{name}}").Mode("Ingest", "wait:go");
        var container = azurite.Blobs.GetBlobContainerClient(app.UniqueName);
        await container.CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => container.UploadBlobAsync($"{i}", BinaryData.FromString("a"))));
        await using var host = await app.StartAsync();
        await app.CallsAsync("Ingest", 3);
        app.Signal("go");
        Assert.Equal(3, (await app.CallsAsync("Ingest", 10)).Max(call => call.Running));
    }
}
