using System.Net;
using System.Text;
using System.Text.Json;
using Shared;
using Xunit;

namespace EndToEnd.Tests;

public sealed class HttpTests(SharedStack shared)
{
    [Theory]
    [InlineData("GET", "/api/search", null, null, 400)]
    [InlineData("GET", "/api/search?text=", null, null, 400)]
    [InlineData("GET", "/api/search?text=cat&top=0", null, null, 400)]
    [InlineData("GET", "/api/search?text=cat&top=many", null, null, 400)]
    [InlineData("GET", "/api/search?text=cat&top=1&top=2", null, null, 400)]
    [InlineData("GET", "/api/search?text=cat&minSimilarity=2", null, null, 400)]
    [InlineData("GET", "/api/search?text=cat&format=tga", null, null, 400)]
    [InlineData("GET", "/api/search?text=cat&uploadedAfter=yesterday", null, null, 400)]
    [InlineData("POST", "/api/search", "text/plain", "cat", 415)]
    [InlineData("POST", "/api/search", "application/json", "{", 400)]
    [InlineData("POST", "/api/search", "application/json", "[]", 400)]
    [InlineData("POST", "/api/search", "application/json", "null", 400)]
    [InlineData("POST", "/api/search", "application/json", """{"txt":"cat"}""", 400)]
    [InlineData("POST", "/api/search", "application/json", """{"text":"cat","filter":{"prefx":"a"}}""", 400)]
    [InlineData("POST", "/api/search", "application/json", """{"text":"cat","weights":{"text":-1}}""", 400)]
    [InlineData("POST", "/api/search", "application/json", """{"image":"not base64"}""", 400)]
    [InlineData("POST", "/api/search", "application/json", """{"image":"bm8gaW1hZ2U="}""", 422)]
    [InlineData("POST", "/api/search", "application/json", """{"id":"00000000000000000000000000000000"}""", 404)]
    [InlineData("POST", "/api/search", "application/json", """{"text":"cat","filter":{"status":"quarantined"}}""", 400)]
    [InlineData("POST", "/api/search", "image/jpeg", "no image", 422)]
    [InlineData("POST", "/api/search", "multipart/form-data; boundary=x", "no parts", 400)]
    [InlineData("POST", "/api/compare", "application/json", "{}", 400)]
    [InlineData("POST", "/api/compare", "application/json", """{"a":"x","b":"y"}""", 404)]
    [InlineData("POST", "/api/compare", "text/plain", "x", 415)]
    [InlineData("POST", "/api/images?path=a.jpg", "application/x-www-form-urlencoded", "x", 415)]
    [InlineData("POST", "/api/embed", "application/json", """{"text":" "}""", 400)]
    [InlineData("POST", "/api/embed", "image/png", "no image", 422)]
    [InlineData("GET", "/api/images", null, null, 400)]
    [InlineData("GET", "/api/images?path=cat.jpg", null, null, 404)]
    [InlineData("GET", "/api/images?path=", null, null, 400)]
    [InlineData("GET", "/api/search?text=cat&tpo=5", null, null, 400)]
    [InlineData("GET", "/api/health?verbose=true", null, null, 400)]
    [InlineData("POST", "/api/search?top=5", "application/json", """{"text":"cat"}""", 400)]
    [InlineData("GET", "/api/unknown", null, null, 404)]
    [InlineData("GET", "/api/images/00000000000000000000000000000000/unknown", null, null, 404)]
    [InlineData("DELETE", "/api/health", null, null, 405)]
    [InlineData("PUT", "/api/search", null, null, 405)]
    [InlineData("DELETE", "/api/images/00000000000000000000000000000000", null, null, 404)]
    [InlineData("GET", "/api/images?path=images/unknown.jpg", null, null, 404)]
    [InlineData("GET", "/api/images/unknown", null, null, 404)]
    [InlineData("GET", "/api/images/00000000000000000000000000000000/similar", null, null, 404)]
    [InlineData("GET", "/api/images/00000000000000000000000000000000/content", null, null, 404)]
    [InlineData("GET", "/api/images/00000000000000000000000000000000/content?size=1", null, null, 400)]
    [InlineData("POST", "/api/quarantine/00000000000000000000000000000000", null, null, 404)]
    [InlineData("POST", "/api/quarantine/00000000000000000000000000000000/restore", null, null, 404)]
    [InlineData("DELETE", "/api/quarantine/00000000000000000000000000000000", null, null, 404)]
    public async Task A_request_that_cannot_be_answered_is_told_why(
        string method,
        string route,
        string? mediaType,
        string? body,
        int expected
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), route);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        }

        using var response = await shared.Api.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(text);
        Assert.Equal(expected, problem.RootElement.GetProperty("status").GetInt32());
        Assert.True(problem.RootElement.GetProperty("detail").GetString() is { Length: > 10 }, text);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_no_function_has_is_the_hosts_to_answer()
    {
        using var response = await shared.Api.Http.GetAsync("/unknown");

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/IngestImage")]
    [InlineData("/RemoveImage")]
    [InlineData("/RecheckImage")]
    [InlineData("/api/IngestImage")]
    [InlineData("/api/../IngestImage")]
    [InlineData("/api/%2e%2e/IngestImage")]
    public async Task Nobody_outside_reaches_a_function_that_events_start(string route)
    {
        using var body = new StringContent("""{"Data":{},"Metadata":{"name":"\"x.jpg\""}}""", Encoding.UTF8, "application/json");
        using var response = await shared.Api.Http.PostAsync(new Uri(shared.Api.Http.BaseAddress!, new Uri(route, UriKind.Relative)), body);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Health_names_the_model_and_the_index()
    {
        var health = await ImageApi.ReadAsync(await shared.Api.Http.GetAsync("/api/health"));
        Assert.Equal("default", health.GetProperty("model").GetProperty("name").GetString());
        Assert.Equal("onnx", health.GetProperty("model").GetProperty("provider").GetString());
        Assert.Equal("images", health.GetProperty("index").GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_description_of_the_api_has_every_route()
    {
        var description = await ImageApi.ReadAsync(await shared.Api.Http.GetAsync("/api/openapi.json"));
        Assert.StartsWith("3.1", description.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var routes = description
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"));
        Assert.Equal(
            [
                "DELETE /api/backfill/{id}",
                "DELETE /api/categories/{name}",
                "DELETE /api/duplicates/review/{id}",
                "DELETE /api/images/{id}",
                "DELETE /api/models/migrate",
                "DELETE /api/quarantine/{id}",
                "DELETE /api/quarantine/{id}/trash",
                "DELETE /api/reconcile/{id}",
                "DELETE /api/rules/{id}",
                "GET /api/backfill",
                "GET /api/backfill/{id}",
                "GET /api/browse",
                "GET /api/categories",
                "GET /api/descriptions",
                "GET /api/duplicates",
                "GET /api/duplicates/report",
                "GET /api/duplicates/review/{id}",
                "GET /api/duplicates/totals",
                "GET /api/duplicates/what-if",
                "GET /api/duplicates/{id}",
                "GET /api/facets",
                "GET /api/health",
                "GET /api/images",
                "GET /api/images/{id}",
                "GET /api/images/{id}/content",
                "GET /api/images/{id}/similar",
                "GET /api/models/migrate",
                "GET /api/poison",
                "GET /api/reconcile",
                "GET /api/reconcile/{id}",
                "GET /api/rules",
                "GET /api/rules/{id}",
                "GET /api/search",
                "PATCH /api/images/{id}",
                "POST /api/backfill",
                "POST /api/backfill/{id}/resume",
                "POST /api/categories/preview",
                "POST /api/compare",
                "POST /api/duplicates/review",
                "POST /api/duplicates/{id}/quarantine",
                "POST /api/duplicates/{id}/swap",
                "POST /api/embed",
                "POST /api/images",
                "POST /api/images/lookup",
                "POST /api/images/zip",
                "POST /api/models/migrate",
                "POST /api/models/migrate/rollback",
                "POST /api/models/migrate/switch",
                "POST /api/poison/resend",
                "POST /api/quarantine/{id}",
                "POST /api/quarantine/{id}/restore",
                "POST /api/quarantine/{id}/trash",
                "POST /api/reconcile",
                "POST /api/rules",
                "POST /api/rules/preview",
                "POST /api/rules/{id}/undo",
                "POST /api/search",
                "PUT /api/categories/{name}",
            ],
            routes.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Content_is_the_bytes_or_a_thumbnail_and_is_not_sent_again_when_known()
    {
        var bytes = Picture.Scene(6001, 640, 480).Jpeg();
        var record = await shared.Api.UploadAndWaitAsync("content/a.jpg", bytes);
        using var full = await shared.Api.Http.GetAsync($"/api/images/{ImageApi.Id(record)}/content");
        Assert.Equal(bytes, await full.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/jpeg", full.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(full.Headers.GetValues("X-Content-Type-Options")));

        using var thumbnail = await shared.Api.Http.GetAsync($"/api/images/{ImageApi.Id(record)}/content?size=64");
        using var small = NetVips.Image.NewFromBuffer(await thumbnail.Content.ReadAsByteArrayAsync());
        Assert.Equal((64, 48), (small.Width, small.Height));

        using var known = new HttpRequestMessage(HttpMethod.Get, $"/api/images/{ImageApi.Id(record)}/content?size=64");
        known.Headers.IfNoneMatch.Add(thumbnail.Headers.ETag!);
        using var unchanged = await shared.Api.Http.SendAsync(known);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }
}
