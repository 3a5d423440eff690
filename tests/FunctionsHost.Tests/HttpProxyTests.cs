using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using FunctionsHost.Tests.Support;
using Shared;
using Xunit;

namespace FunctionsHost.Tests;

[Long]
public sealed class HttpProxyTests(Azurite azurite)
{
    [Fact]
    public async Task Passes_on_path_and_query_as_they_came()
    {
        string[] targets =
        [
            "/api/echo/a/b?x=1&y=a%20b&x=2", "/api/echo/a%20b/%C3%BC?q=%26", "/api/echo/one%2Ftwo", "/api/echo/50%25", "/api/echo/a+b@c:d;e,f",
            "/api/echo/a//b/?", "/api/echo/a.b/%2525?%2F=1", "/api/echo/'(x)*!$=~",
        ];
        using var app = ApiApp();
        await using var host = await app.StartAsync();
        foreach (var target in targets)
        {
            Assert.Equal(target, (string?)JsonNode.Parse(await host.Http.GetStringAsync(target))!["rawTarget"]);
        }
    }

    [Fact]
    public async Task Passes_on_method_headers_body_and_answer_as_they_came()
    {
        using var app = ApiApp();
        await using var host = await app.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/echo/x") { Content = new StringContent("ünï", Encoding.UTF8, "text/plain") };
        request.Headers.Add("X-Mine", ["a", "b"]);
        request.Headers.Host = "localhost:8123";
        using var response = await host.Http.SendAsync(request);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("42", Assert.Single(response.Headers.GetValues("X-Answer")));
        Assert.Equal("PUT", (string?)answer["method"]);
        Assert.Equal("ünï", (string?)answer["body"]);
        Assert.Equal("http://localhost:8123/api/echo/x", (string?)answer["url"]);
        Assert.Equal("text/plain; charset=utf-8", (string?)answer["headers"]!["Content-Type"]);
        Assert.Equal(["a", "b"], ((string)answer["headers"]!["X-Mine"]!).Split([',', ' '], StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task An_answer_arrives_while_it_is_still_being_made()
    {
        using var app = ApiApp();
        await using var host = await app.StartAsync();
        await using var stream = await host.Http.GetStreamAsync("/api/two-parts");
        var first = new byte[5];
        await stream.ReadExactlyAsync(first);
        Assert.Equal("first", Encoding.ASCII.GetString(first));
        app.Signal("seen-first");
        using var reader = new StreamReader(stream);
        Assert.Equal("second", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_body_arrives_while_it_is_still_being_sent()
    {
        using var app = ApiApp();
        await using var host = await app.StartAsync();
        using var content = new PushedContent(async stream =>
        {
            await stream.WriteAsync(new byte[1_000_000]);
            await stream.FlushAsync();
            await Patience.UntilAsync(() => File.Exists(Path.Combine(app.Folder, "uploaded")), "the first part has arrived");
            await stream.WriteAsync(new byte[234_567]);
        });
        using var response = await host.Http.PostAsync("/api/upload", content);
        Assert.Equal("1234567", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_large_answer_is_not_gathered_in_memory()
    {
        const int blocks = 4 * 1024; // 64 KiB each.
        using var app = ApiApp();
        await using var host = await app.StartAsync();
        var before = host.WorkingSet;
        await using var stream = await host.Http.GetStreamAsync($"/api/blocks/{blocks}");
        var (buffer, total, most) = (new byte[1 << 20], 0L, 0L);
        for (int read; (read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false)) > 0; total += read)
        {
            most = Math.Max(most, host.WorkingSet);
        }

        Assert.Equal(blocks * 64L * 1024, total);
        Assert.InRange(most - before, long.MinValue, total / 2);
    }

    [Fact]
    public async Task Only_declared_routes_and_methods_lead_to_the_handler()
    {
        using var app = new TestApp(azurite);
        app.HttpFunction("Api", "api/echo/{*path}", ""","methods":["get"],"authLevel":"anonymous" """)
            .HttpFunction("Delete", "api/echo/{*path}", ""","methods":["delete"],"authLevel":"anonymous" """)
            .HttpFunction("Number", "n/{id:int}");
        await using var host = await app.StartAsync();
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(host, "GET", "/api/echo/x"));
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(host, "DELETE", "/api/echo/x"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, "POST", "/api/echo/x"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, "GET", "/api/two-parts"));
        Assert.Equal((HttpStatusCode)418, await StatusAsync(host, "GET", "/n/12"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, "GET", "/n/twelve"));
    }

    [Fact]
    public async Task The_route_prefix_is_api_unless_host_json_says_otherwise_and_the_name_is_the_default_route()
    {
        using var app = new TestApp(azurite);
        app.WriteHostJson(json => json["extensions"]!.AsObject().Remove("http"))
            .Function(
                "environment",
                """{"type":"httpTrigger","direction":"in","name":"req","authLevel":"anonymous"}""",
                """{"type":"http","direction":"out","name":"res"}""");
        await using var host = await app.StartAsync();
        var environment = JsonNode.Parse(await host.Http.GetStringAsync("/api/environment"))!;
        Assert.Equal(app.Root, (string?)environment["FUNCTIONS_APP_ROOT_PATH"]);
        Assert.Equal((string?)environment["FUNCTIONS_CUSTOMHANDLER_PORT"], (string?)environment["FUNCTIONS_HTTPWORKER_PORT"]);
        Assert.True(Guid.TryParse((string?)environment["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"], out _));
        Assert.Equal(azurite.ConnectionString, (string?)environment["AzureWebJobsStorage"]);
    }

    [Fact]
    public async Task The_root_leads_to_the_page_of_an_app_that_has_one()
    {
        using var app = ApiApp();
        await using (var host = await app.StartAsync())
        {
            Assert.Contains("running", await host.Http.GetStringAsync("/"), StringComparison.Ordinal);
        }

        app.HttpFunction("Page", "ui/{*path}");
        await using (var host = await app.StartAsync())
        {
            using var response = await host.Http.GetAsync("/");
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
            Assert.Equal("/ui", response.Headers.Location?.OriginalString);
            Assert.Equal("the page", await host.Http.GetStringAsync("/ui"));
        }
    }

    [Fact]
    public async Task With_a_key_only_anonymous_functions_are_open()
    {
        using var app = new TestApp(azurite);
        app.HttpFunction("Api", "api/echo/{*path}", ""","authLevel":"function" """).HttpFunction("Open", "api/echo/open").EventGridFunction("Remove");
        await using var host = await app.Setting("LOCAL_FUNCTION_KEY", "s3cret").StartAsync();
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(host, "GET", "/api/echo/open"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "GET", "/api/echo/x"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "GET", "/api/echo/x?code=wrong"));
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(host, "GET", "/api/echo/x?code=s3cret"));
        Assert.Equal(HttpStatusCode.Created, await StatusAsync(host, "GET", "/api/echo/x", "s3cret"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "POST", "/runtime/webhooks/EventGrid?functionName=Remove"));
        Assert.DoesNotContain("s3cret", host.Errors + host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listens_on_the_loopback_address_only()
    {
        using var app = ApiApp();
        await using var host = await app.StartAsync();
        Assert.Equal("127.0.0.1", host.Http.BaseAddress!.Host);
        var addresses = await Dns.GetHostAddressesAsync(Dns.GetHostName());
        var others = addresses.Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        foreach (var address in others)
        {
            using var client = new TcpClient();
            await Assert.ThrowsAnyAsync<SocketException>(() => client.ConnectAsync(address, host.Http.BaseAddress.Port));
        }
    }

    private TestApp ApiApp() => new TestApp(azurite).HttpFunction("Api", "api/{*path}");

    private static async Task<HttpStatusCode> StatusAsync(RunningHost host, string method, string url, string? key = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        using var response = await host.Http.SendAsync(request);
        return response.StatusCode;
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
