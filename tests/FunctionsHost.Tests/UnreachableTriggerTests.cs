using System.Net.Sockets;
using System.Text;
using FunctionsHost.Http;
using FunctionsHost.Tests.Support;
using Xunit;

namespace FunctionsHost.Tests;

public sealed class UnreachableTriggerTests(Azurite azurite)
{
    private static readonly string[] Spellings =
    [
        "/Ingest", "/ingest", "/Ingest/", "//Ingest", "/./Ingest", "/api/../Ingest", "/api/x/../../Ingest", "/%49ngest",
        "/api/%2e%2e/Ingest", "/api/%2e%2e%2fIngest", "/api/..%2fIngest", "/api/%252e%252e/Ingest", "/api/%252e%252e%252fIngest",
        "/api/..%5cIngest", "/api/..\\Ingest", "/api/x\\..\\..\\Ingest", "/api/%25%32%65%25%32%65/Ingest", "/Ingest?x=1",
        "/Ingest%00", "http://127.0.0.1/Ingest", "/api;/../Ingest", "/Ingest%2f", "/%2fIngest", "/Ingest#x",
    ];

    [Theory]
    [InlineData("api/{*path}")]
    [InlineData("{*path}")]
    [InlineData("{**path}")]
    public async Task Nobody_outside_can_call_a_trigger_in_whatever_spelling(string route)
    {
        using var app = new TestApp(azurite);
        app.HttpFunction("Api", route).BlobFunction("Ingest", $"{app.UniqueName}/{{name}}");
        await azurite.Blobs.GetBlobContainerClient(app.UniqueName).CreateAsync();
        await using var host = await app.StartAsync();
        foreach (var target in Spellings)
        {
            await PostRawAsync(host, target);
        }

        // The one call that is allowed, after all the others: it shows that the handler records what does arrive.
        await azurite.Blobs.GetBlobContainerClient(app.UniqueName).UploadBlobAsync("a", BinaryData.FromString("a"));
        var call = Assert.Single(await app.CallsAsync("Ingest", 1));
        Assert.Contains("sys", call.Body, StringComparison.Ordinal);
        var calls = Directory.GetFiles(app.Folder).Where(file => Path.GetFileName(file).StartsWith("call-ingest-", StringComparison.OrdinalIgnoreCase));
        Assert.Single(calls);
    }

    [Theory]
    [InlineData("/Ingest", true)]
    [InlineData("/INGEST/", true)]
    [InlineData("/a/%252e%252e/Ingest", true)]
    [InlineData("/a\\..\\Ingest", true)]
    [InlineData("/Ingest;a=b", true)]
    [InlineData("/Ingest%23x", true)]
    [InlineData("/Ingest%00", true)]
    [InlineData("/api/Ingest", false)]
    [InlineData("/Ingest/more", false)]
    [InlineData("/Ingestion", false)]
    [InlineData("/50%", false)]
    public void Knows_the_paths_that_lead_to_a_trigger(string path, bool reaches) =>
        Assert.Equal(reaches, new TriggerEndpoints(["Ingest"]).Reaches(path));

    /// <summary>A client that does not tidy the path up before it sends it.</summary>
    private static async Task PostRawAsync(RunningHost host, string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", host.Http.BaseAddress!.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}"));
        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 ", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
