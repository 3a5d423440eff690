using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using FunctionsHost.Tests.Support;
using Shared;
using Xunit;

namespace FunctionsHost.Tests;

/// <summary>One host with a key for all tests.</summary>
public sealed class KeyedHost(Azurite azurite) : IAsyncLifetime
{
    public const string Key = "s3cret";

    internal TestApp App { get; } =
        new TestApp(azurite)
            .Setting("LOCAL_FUNCTION_KEY", Key)
            .Setting("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
            .Setting("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", "2000000");

    internal RunningHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await App.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        App.Dispose();
    }
}

public sealed class HttpTests(KeyedHost keyed) : IClassFixture<KeyedHost>
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private HttpClient Http => keyed.Host.Http;

    [Theory]
    [InlineData("/api/echo/a/b?x=1&y=a%20b&x=2")]
    [InlineData("/api/echo/a%20b/%C3%BC?q=%26")]
    [InlineData("/api/echo/one%2Ftwo")]
    [InlineData("/api/echo/50%25")]
    [InlineData("/api/echo/a+b@c:d;e,f")]
    [InlineData("/api/echo/a//b/?")]
    [InlineData("/api/echo/a.b/%2525?%2F=1")]
    [InlineData("/api/echo/'(x)*!$=~")]
    public async Task Forwards_path_and_query_unchanged(string target)
    {
        var address = new Uri(Http.BaseAddress!.GetLeftPart(UriPartial.Authority) + target, in AsWritten);
        Assert.Equal(target, (string?)JsonNode.Parse(await Http.GetStringAsync(address))!["rawTarget"]);
    }

    [Fact]
    public async Task Forwards_method_headers_body_and_response_unchanged()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/echo/x")
        {
            Content = new StringContent("ünï", Encoding.UTF8, "text/plain"),
        };
        request.Headers.Add("X-Mine", ["a", "b"]);
        request.Headers.Host = "localhost:8123";
        using var response = await Http.SendAsync(request);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("42", Assert.Single(response.Headers.GetValues("X-Answer")));
        Assert.Equal("PUT", (string?)answer["method"]);
        Assert.Equal("ünï", (string?)answer["body"]);
        Assert.Equal("http://localhost:8123/api/echo/x", (string?)answer["url"]);
        Assert.Equal("text/plain; charset=utf-8", (string?)answer["headers"]!["Content-Type"]);
    }

    [Fact]
    public async Task A_response_is_streamed_while_the_function_writes_it()
    {
        await using var stream = await Http.GetStreamAsync("/api/two-parts");
        var first = new byte[5];
        await stream.ReadExactlyAsync(first);
        Assert.Equal("first", Encoding.ASCII.GetString(first));
        keyed.App.Folder.Signal("seen-first");
        using var reader = new StreamReader(stream);
        Assert.Equal("second", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_request_body_is_streamed_up_to_the_limit()
    {
        using var content = new PushedContent(async stream =>
        {
            await stream.WriteAsync(new byte[1_000_000]);
            await stream.FlushAsync();
            await Patience.UntilAsync(() => keyed.App.Folder.Has("uploaded"), "the first part has arrived");
            await stream.WriteAsync(new byte[234_567]);
        });
        using var response = await Http.PostAsync("/api/upload", content);
        Assert.Equal("1234567", await response.Content.ReadAsStringAsync());
        using var large = await Http.PostAsync("/api/upload", new ByteArrayContent(new byte[2_000_001]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task A_large_response_is_not_buffered()
    {
        const int blocks = 2 * 1024; // 64 KiB each.
        var before = keyed.Host.WorkingSet;
        await using var stream = await Http.GetStreamAsync($"/api/blocks/{blocks}");
        var (buffer, total, most) = (new byte[1 << 20], 0L, 0L);
        for (int read; (read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false)) > 0; total += read)
        {
            most = Math.Max(most, keyed.Host.WorkingSet);
        }

        Assert.Equal(blocks * 64L * 1024, total);
        Assert.InRange(most - before, long.MinValue, total / 2);
    }

    [Theory]
    [InlineData("GET", "/api/keyed", "", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/api/keyed?code=wrong", "", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/api/keyed?code=s3cret", "", HttpStatusCode.OK)]
    [InlineData("POST", "/api/keyed", "s3cret", HttpStatusCode.OK)]
    [InlineData("DELETE", "/api/keyed", "s3cret", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/nothing/204", "", HttpStatusCode.NoContent)]
    [InlineData("GET", "/api/nothing/304", "", HttpStatusCode.NotModified)]
    [InlineData("GET", "/api/nothing/many", "", HttpStatusCode.NotFound)]
    [InlineData("GET", "/catch/zebra", "", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/", "", HttpStatusCode.NoContent)]
    [InlineData("POST", RunningHost.Webhook, "", HttpStatusCode.Unauthorized)]
    [InlineData("POST", RunningHost.Webhook, "s3cret", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/Ingest", "s3cret", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/Ingest", "s3cret", HttpStatusCode.NotFound)]
    [InlineData("POST", "/admin/functions/Ingest", "s3cret", HttpStatusCode.NotFound)]
    public async Task Routes_methods_and_keys_are_those_the_functions_declare(
        string method,
        string target,
        string key,
        HttpStatusCode status
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), target);
        request.Headers.Add("x-functions-key", key);
        using var response = await Http.SendAsync(request);
        Assert.Equal(status, response.StatusCode);
        if (status == HttpStatusCode.Unauthorized)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }

        Assert.DoesNotContain(KeyedHost.Key, keyed.Host.Errors + keyed.Host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "Host", "evil.example")]
    [InlineData("POST", "Origin", "http://evil.example")]
    public async Task Pages_of_other_sites_are_refused(string method, string header, string value)
    {
        foreach (var target in (string[])["/api/echo/x", RunningHost.Webhook])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), target);
            request.Headers.Add(header, value);
            using var response = await Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Fact]
    public async Task An_exception_is_a_500_and_a_disconnected_client_cancels_the_function()
    {
        keyed.App.Mode("Echo-broken", "fail").Mode("Echo-slow", "wait:never");
        Assert.Equal(HttpStatusCode.InternalServerError, (await Http.GetAsync("/api/echo/broken")).StatusCode);
        using var away = new CancellationTokenSource();
        var asking = Http.GetAsync("/api/echo/slow", away.Token);
        await Patience.UntilAsync(() => keyed.App.Folder.Calls("Echo").Any(call => (string?)call.Data == "slow"), "it runs");
        await away.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await Patience.UntilAsync(() => keyed.App.Folder.Has("cancelled-Echo"), "it is told");
    }

    [Fact]
    public async Task A_trace_leads_from_the_caller_through_the_host_to_the_function()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/echo/traced");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var response = await Http.SendAsync(request);
        var call = keyed.App.Folder.Calls("Echo").Single(call => (string?)call.Data == "traced");
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", call.TraceParent, StringComparison.Ordinal);
        Assert.NotEqual("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", call.TraceParent);
        var seen = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(call.TraceParent, (string?)seen["headers"]!["traceparent"]);
    }

    [Fact]
    public async Task Listens_on_the_loopback_address_only()
    {
        Assert.Equal("127.0.0.1", Http.BaseAddress!.Host);
        var addresses = await Dns.GetHostAddressesAsync(Dns.GetHostName());
        foreach (
            var address in addresses.Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))
        )
        {
            using var client = new TcpClient();
            await Assert.ThrowsAnyAsync<SocketException>(() => client.ConnectAsync(address, Http.BaseAddress.Port));
        }
    }

    private sealed class PushedContent(Func<Stream, Task> push) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => push(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
