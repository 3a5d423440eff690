using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shared;
using Xunit;

namespace EndToEnd.Tests;

[Long]
public sealed class AzureMonitorTests
{
    [Fact]
    public async Task The_verdict_reaches_the_endpoint_of_the_connection_string()
    {
        var received = new ConcurrentQueue<string>();
        await using var endpoint = await StartEndpointAsync(received);
        await using var stack = await LocalStack.StartAsync(
            new LocalStackOptions
            {
                Environment = new Dictionary<string, string>
                {
                    ["APPLICATIONINSIGHTS_CONNECTION_STRING"] =
                        $"InstrumentationKey=11111111-2222-3333-4444-555555555555;IngestionEndpoint={endpoint.Urls.Single()}/",
                    ["APPLICATIONINSIGHTS_STATSBEAT_DISABLED"] = "true",
                    ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
                    ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
                },
            }
        );
        var record = await new ImageApi(stack).UploadAndWaitAsync("monitor/a.jpg", Picture.Scene(77_101).Jpeg());
        await Patience.UntilAsync(
            () =>
                Task.FromResult(
                    received.Any(body =>
                        body.Contains("\"ingest\"", StringComparison.Ordinal)
                        && body.Contains(ImageApi.Id(record), StringComparison.Ordinal)
                    )
                ),
            found => found,
            "the span of the image"
        );

        // Counts are sent once a minute, and what is left of them when the app stops.
        await stack.StopAsync();
        Assert.Contains(received, body => body.Contains("images.ingested", StringComparison.Ordinal));
    }

    private static async Task<WebApplication> StartEndpointAsync(ConcurrentQueue<string> received)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var server = builder.Build();
        server.MapPost(
            "/v2.1/track",
            async (HttpContext context) =>
            {
                Stream body =
                    context.Request.Headers.ContentEncoding == "gzip"
                        ? new GZipStream(context.Request.Body, CompressionMode.Decompress)
                        : context.Request.Body;
                using var reader = new StreamReader(body, Encoding.UTF8);
                var text = await reader.ReadToEndAsync();
                received.Enqueue(text);
                var items = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
                return Results.Text($$"""{"itemsReceived":{{items}},"itemsAccepted":{{items}},"errors":[]}""", "application/json");
            }
        );
        await server.StartAsync();
        return server;
    }
}
