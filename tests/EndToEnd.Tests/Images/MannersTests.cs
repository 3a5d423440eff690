using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Shared;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>What HTTP itself promises.</summary>
public sealed class MannersTests(SharedStack shared)
{
    [Fact]
    public async Task HEAD_answers_as_GET_does_without_a_body()
    {
        var bytes = Picture.Scene(6201, 320, 240).Jpeg();
        var id = ImageApi.Id(await shared.Api.UploadAndWaitAsync("manners/head.jpg", bytes));
        foreach (var route in new[] { "/api/health", $"/api/images/{id}", $"/api/images/{id}/content", "/api/images/unknown", "/ui" })
        {
            using var got = await shared.Api.Http.GetAsync(route);
            using var request = new HttpRequestMessage(HttpMethod.Head, route);
            using var head = await shared.Api.Http.SendAsync(request);
            Assert.Equal((route, got.StatusCode), (route, head.StatusCode));
            Assert.Equal(got.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.Equal(got.Headers.ETag, head.Headers.ETag);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
            if (route.EndsWith("/content", StringComparison.Ordinal))
            {
                Assert.Equal(bytes.Length, head.Content.Headers.ContentLength);
            }
        }
    }

    [Fact]
    public async Task A_record_that_is_known_is_not_sent_again_until_it_changes()
    {
        var id = ImageApi.Id(await shared.Api.UploadAndWaitAsync("manners/tag.jpg", Picture.Scene(6202, 320, 240).Jpeg()));
        using var first = await shared.Api.Http.GetAsync($"/api/images/{id}");
        var tag = Assert.IsType<EntityTagHeaderValue>(first.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync($"/api/images/{id}", tag));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync("/api/images?path=manners/tag.jpg", tag));

        using var change = new StringContent("""{"tags":["seen"]}""", null, "application/json");
        using var changed = await shared.Api.Http.PatchAsync($"/api/images/{id}", change);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"/api/images/{id}", tag));
    }

    [Theory]
    [InlineData("br"), InlineData("gzip")]
    public async Task JSON_is_compressed_and_pictures_are_not(string coding)
    {
        var id = ImageApi.Id(await shared.Api.UploadAndWaitAsync($"manners/{coding}.jpg", Picture.Scene(6203 + coding.Length).Jpeg()));
        using var record = await GetAsync($"/api/images/{id}", coding);
        Assert.Equal([coding], record.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", record.Headers.Vary);
        var packed = await record.Content.ReadAsStreamAsync();
        await using Stream plain =
            coding == "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
        Assert.Equal(id, (await JsonSerializer.DeserializeAsync<JsonElement>(plain)).GetProperty("id").GetString());

        using var content = await GetAsync($"/api/images/{id}/content", coding);
        Assert.Empty(content.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task An_image_is_deleted_permanently_once_and_is_gone_everywhere()
    {
        var bytes = Picture.Scene(6210, 320, 240).Jpeg();
        var id = ImageApi.Id(await shared.Api.UploadAndWaitAsync("manners/delete.jpg", bytes));
        using var deleted = await shared.Api.Http.DeleteAsync($"/api/images/{id}?permanently=true");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.False(await shared.Stack.Images.GetBlobClient("manners/delete.jpg").ExistsAsync());
        Assert.Null(await shared.Api.FindAsync("manners/delete.jpg"));
        Assert.DoesNotContain(id, (await shared.Api.SearchAsync(bytes)).Select(ImageApi.Id));
        using var again = await shared.Api.Http.DeleteAsync($"/api/images/{id}");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Theory]
    [InlineData("scene.jpg", "image/jpeg"), InlineData("scene.png", "image/png"), InlineData("scene.gif", "image/gif")]
    [InlineData("scene.webp", "image/webp"), InlineData("scene.bmp", "image/bmp"), InlineData("scene.avif", "image/avif")]
    [InlineData("scene.heic", "image/heic"), InlineData("scene.tif", "image/tiff"), InlineData("scene.png", "application/octet-stream")]
    public async Task Every_format_is_taken_as_a_body(string file, string mediaType)
    {
        // What follows the end is no part of the picture, and tells these bytes from those that other tests count.
        byte[] bytes =
        [
            .. await File.ReadAllBytesAsync(Path.Combine(RepositoryFolder.Path, "tests", "Fixtures", "images", file)),
            .. Guid.NewGuid().ToByteArray(),
        ];
        foreach (var route in new[] { "/api/search?top=1", "/api/embed", $"/api/images?path=manners/{Guid.NewGuid():N}-{file}" })
        {
            using var body = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
            using var response = await shared.Api.Http.PostAsync(route, body);
            Assert.True(response.IsSuccessStatusCode, $"{route} {mediaType}: {await response.Content.ReadAsStringAsync()}");
        }

        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(bytes), "a", file },
            { new ByteArrayContent(bytes), "b", file },
        };
        using var compared = await shared.Api.Http.PostAsync("/api/compare", form);
        Assert.True(compared.IsSuccessStatusCode, $"{mediaType}: {await compared.Content.ReadAsStringAsync()}");
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_gets_its_answer_and_one_of_another_none()
    {
        foreach (
            var (origin, status) in new[] { (SharedStack.Origin, HttpStatusCode.OK), ("http://other.example", HttpStatusCode.Forbidden) }
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/search");
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            request.Content = new StringContent("""{"text":"cat"}""", null, "application/json");
            using var response = await shared.Api.Http.SendAsync(request);
            Assert.Equal(status, response.StatusCode);
            Assert.Equal(
                status == HttpStatusCode.OK ? [origin] : [],
                response.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed : []
            );
        }
    }

    private async Task<HttpStatusCode> StatusAsync(string route, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, route);
        request.Headers.IfNoneMatch.Add(tag);
        using var response = await shared.Api.Http.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> GetAsync(string route, string coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, route);
        request.Headers.AcceptEncoding.ParseAdd(coding);
        return await shared.Api.Http.SendAsync(request);
    }
}
