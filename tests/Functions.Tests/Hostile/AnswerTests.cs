using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Functions.Tests.Imaging;
using Functions.Tests.Pipeline;
using Shared;

namespace Functions.Tests.Hostile;

/// <summary>What every answer says and does not say, whatever is asked.</summary>
public sealed class AnswerTests(HostileApp hostile) : IClassFixture<HostileApp>
{
    private const string Unknown = "00000000000000000000000000000000";

    [Theory]
    [InlineData("GET", "/api/health")]
    [InlineData("GET", "/api/openapi.json")]
    [InlineData("GET", "/api/search?text=cat")]
    [InlineData("GET", "/api/search")]
    [InlineData("POST", "/api/search")]
    [InlineData("POST", "/api/embed")]
    [InlineData("GET", "/api/backfill/no/where<script>")]
    [InlineData("POST", "/api/backfill/no")]
    [InlineData("GET", "/ui/nowhere<script>")]
    [InlineData("GET", "/mcp")]
    [InlineData("GET", $"/api/images/{Unknown}/content")]
    [InlineData("DELETE", $"/api/quarantine/{Unknown}")]
    public async Task Every_answer_tells_a_browser_to_run_and_guess_nothing(string method, string route)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), route);
        using var response = await hostile.Http.SendAsync(request);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.StartsWith("default-src 'none'", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Null(Header(response, "Server"));
        Assert.Null(Header(response, "X-Powered-By"));
        Assert.Null(Header(response, "Access-Control-Allow-Origin"));
        Assert.NotEqual("text/html", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("application/json", "")]
    [InlineData("application/json", "\"text\"")]
    [InlineData("application/json", "{\"text\":\"\\ud800\"}")]
    [InlineData("application/json", "{\"text\":\"\u00FF\u00FE\"}")]
    [InlineData("application/json", "{\"text\":{\"$type\":\"System.IO.FileInfo\"}}")]
    [InlineData("application/json", "{\"text\":\"cat\",\"top\":1e999}")]
    [InlineData("application/json", "{\"text\":\"cat\",\"top\":99999999999999999999}")]
    [InlineData("application/json", "{\"text\":\"cat\",\"minSimilarity\":\"NaN\"}")]
    [InlineData("application/json", "{\"text\":\"cat\",\"weights\":{\"text\":1e308}}")]
    [InlineData("application/json", "{\"text\":\"cat\",\"filter\":{\"tags\":[null]}}")]
    [InlineData("application/json", "{\"text\":\"cat\",\"filter\":{\"uploadedAfter\":\"0000-00-00T99:99:99Z\"}}")]
    [InlineData("application/json", "{\"text\":\"cat\",\"filter\":{\"prefix\":\"a\\u0000b\"}}")]
    [InlineData("application/json; charset=utf-16", "{\"text\":\"cat\"")]
    [InlineData("application/json; charset=nonsense", "{\"text\":")]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=", "x")]
    [InlineData("multipart/form-data; boundary=\"{200}\"", "x")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=image; filename=a\r\n\r\nno end")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\n\r\n\r\n--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: nonsense\0; name\r\n\r\n1\r\n--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=filter\r\n\r\n{\"prefix\":\r\n--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=top\r\n\r\n' or 1 eq 1\r\n--x--\r\n")]
    [InlineData("application/x-www-form-urlencoded", "text=%ZZ%&&&===&top=%00")]
    [InlineData("image/jpeg", "\u00FF\u00D8\u00FF<script>")]
    [InlineData("image/svg+xml", "<svg onload='alert(1)'/>")]
    [InlineData("text/html", "<script>")]
    [InlineData("", "x")]
    public async Task What_is_malformed_is_refused_in_a_sentence(string mediaType, string body)
    {
        foreach (var route in new[] { "/api/search", "/api/compare", "/api/embed" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, route)
            {
                Content = new ByteArrayContent(Encoding.Latin1.GetBytes(body)),
            };
            request.Content.Headers.TryAddWithoutValidation(
                "Content-Type",
                mediaType.Replace("{200}", new string('b', 200), StringComparison.Ordinal)
            );
            using var response = await hostile.Http.SendAsync(request);
            await AssertRefusedAsync(response);
        }
    }

    [Theory]
    [InlineData("text=%FF%FE%00&top=x")]
    [InlineData("text=cat&prefix=%00")]
    [InlineData("text=cat&format=jpeg%27+or+true")]
    [InlineData("text=cat&format=jpeg,png")]
    [InlineData("text=cat&minSimilarity=1e999")]
    [InlineData("text=cat&uploadedAfter=<script>alert(1)</script>")]
    [InlineData("text=cat&status=<img src=x>")]
    [InlineData("text=cat&tags=a,b&tags=x%0d%0aSet-Cookie:y")]
    [InlineData("id=../../etc/passwd")]
    public async Task A_query_that_means_nothing_is_refused_in_a_sentence(string query)
    {
        using var response = await hostile.Http.GetAsync($"/api/search?{query}");
        await AssertRefusedAsync(response);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task No_route_fetches_an_address_that_the_caller_names()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var visit = listener.AcceptTcpClientAsync();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/cat.jpg";
        foreach (
            var (route, body) in new (string, object)[]
            {
                ("/api/search", new { text = url }),
                ("/api/search", new { image = url }),
                ("/api/search", new { id = url }),
                (
                    "/api/search",
                    new
                    {
                        text = "cat",
                        not = url,
                        filter = new { prefix = url, tags = new[] { url } },
                    }
                ),
                ("/api/search", new { text = "cat", filter = new { format = url } }),
                (
                    "/api/search",
                    new
                    {
                        text = "cat",
                        url,
                        imageUrl = url,
                    }
                ),
                ("/api/compare", new { a = url, b = url }),
                ("/api/embed", new { text = url }),
                ("/api/embed", new { image = url, url }),
                ($"/api/quarantine/{Uri.EscapeDataString(url)}/restore", new { }),
            }
        )
        {
            using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
            using var response = await hostile.Http.PostAsync(route, content);
            Assert.True((int)response.StatusCode < 500, $"{route}: {response.StatusCode}");
        }

        foreach (
            var route in new[]
            {
                $"/api/images?path={url}",
                $"/api/images/{Uri.EscapeDataString(url)}",
                $"/api/search?text=cat&prefix={url}&not={url}",
            }
        )
        {
            using var response = await hostile.Http.GetAsync(route);
            Assert.True((int)response.StatusCode < 500, $"{route}: {response.StatusCode}");
        }

        foreach (var field in new[] { "image", "text", "a", "b", "url" })
        {
            using var form = new MultipartFormDataContent { { new StringContent(url), field }, { new StringContent("cat"), "text" } };
            using var response = await hostile.Http.PostAsync(field is "a" or "b" ? "/api/compare" : "/api/search", form);
            Assert.True((int)response.StatusCode < 500, $"{field}: {response.StatusCode}");
        }

        // What a picture or an event names is no better: XMP and SVG references, a blob of another account.
        using var picture = NetVips
            .Image.NewFromBuffer(Picture.Scene(8201).Png())
            .Mutate(image =>
                image.Set(
                    NetVips.GValue.BlobType,
                    "xmp-data",
                    Encoding.UTF8.GetBytes($"<x:xmpmeta xmlns:x='adobe:ns:meta/' x:href='{url}'/>")
                )
            );
        await hostile.IngestAsync("xmp.png", picture.PngsaveBuffer());
        await hostile.IngestAsync(
            "external.svg",
            Encoding.UTF8.GetBytes($"<svg xmlns='http://www.w3.org/2000/svg'><image href='{url}'/></svg>")
        );
        await hostile.App.TriggerAsync(Trigger.Upload("images", url, url));
        Assert.False(visit.IsCompleted, "Something followed the address.");
    }

    [Theory]
    [InlineData("scene.jpg", "image/jpeg"), InlineData("scene.png", "image/png"), InlineData("scene.gif", "image/gif")]
    [InlineData("scene.webp", "image/webp"), InlineData("scene.bmp", "image/bmp"), InlineData("scene.avif", "image/avif")]
    public async Task Content_is_an_image_to_a_browser_whatever_its_name_and_its_declared_type(string file, string mediaType)
    {
        // Trailing bytes make each a polyglot; in AVIF they must be a box, and BMP takes none.
        byte[] box = file.EndsWith("avif", StringComparison.Ordinal) ? [0, 0, 0, 46, .. "free"u8] : [];
        byte[] bytes =
        [
            .. Pictures.Bytes(file),
            .. box,
            .. file.EndsWith("bmp", StringComparison.Ordinal) ? [] : "<html><script>alert(1)</script></html>"u8.ToArray(),
        ];
        var name = $"page-{file}.html";
        var client = hostile.Cluster.Images.GetBlobClient(name);
        await client.UploadAsync(
            BinaryData.FromBytes(bytes),
            new Azure.Storage.Blobs.Models.BlobUploadOptions
            {
                HttpHeaders = new()
                {
                    ContentType = "text/html",
                    ContentDisposition = "attachment; filename=evil.exe",
                    ContentEncoding = "gzip",
                },
            }
        );
        Assert.True(await hostile.Cluster.IngestAsync(name), hostile.App.Output);
        var record = (await hostile.Cluster.FindAsync(name))!.Value;
        var id = record.GetProperty("id").GetString();
        using var content = await hostile.Http.GetAsync($"/api/images/{id}/content");
        Assert.Equal(bytes, await content.Content.ReadAsByteArrayAsync());
        Assert.Equal(mediaType, content.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Header(content, "X-Content-Type-Options"));
        Assert.Equal("default-src 'none'; sandbox", Header(content, "Content-Security-Policy"));
        Assert.Equal(
            $"{name}.{mediaType["image/".Length..]}",
            content.Content.Headers.ContentDisposition is { DispositionType: "inline", FileNameStar: { } saved } ? saved : null
        );
        Assert.Empty(content.Content.Headers.ContentEncoding);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(
            (int)response.StatusCode is >= 400 and < 500,
            $"{response.RequestMessage!.RequestUri} {(int)response.StatusCode}: {text}"
        );
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.True(text.Length < 1000, text);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", text, StringComparison.Ordinal);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
