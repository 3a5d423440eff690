using System.Collections.Concurrent;
using System.Net;
using Microsoft.Playwright;
using Xunit;

namespace Ui.Tests;

/// <summary>How the page and its pictures are sent.</summary>
public sealed class DeliveryTests(Site site)
{
    private const int FirstViewLimit = 100_000;

    [Fact]
    public async Task The_first_view_costs_less_than_100_kB_without_images_and_asks_no_other_host()
    {
        await using var tab = await site.OpenAsync("about:blank");
        // Pictures still arrive while the requests are looked at.
        var requests = new ConcurrentQueue<IRequest>();
        tab.Page.RequestFinished += (_, request) => requests.Enqueue(request);
        await tab.Page.GotoAsync("/ui");
        await tab.Tiles.First.WaitForAsync();
        await tab.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.All(requests, request => Assert.StartsWith(site.Stack.Http.BaseAddress!.ToString(), request.Url, StringComparison.Ordinal));
        var sizes = await Task.WhenAll(
            requests
                .Where(request => request.ResourceType != "image")
                .Select(async request => (request.Url, Sizes: await request.SizesAsync()))
        );
        var bytes = sizes.Sum(size => size.Sizes.ResponseBodySize + size.Sizes.ResponseHeadersSize);
        Assert.True(
            bytes < FirstViewLimit,
            $"{bytes:N0} bytes: {string.Join(", ", sizes.OrderByDescending(size => size.Sizes.ResponseBodySize).Select(size => $"{size.Url} {size.Sizes.ResponseBodySize:N0}"))}"
        );
        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes:N0} bytes in {sizes.Length} requests");
    }

    [Theory]
    [InlineData("/ui")]
    [InlineData("/ui/review")]
    [InlineData("/ui/upload/")]
    public async Task Every_view_is_the_same_document_under_a_strict_policy(string address)
    {
        using var response = await site.Api.Http.GetAsync(address);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl?.NoCache);

        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var unchanged = await site.Api.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Theory]
    [InlineData("/ui/nothing.js")]
    [InlineData("/ui/assets-000000000000/main.js")]
    [InlineData("/ui/../local.settings.json")]
    [InlineData("/ui/%2e%2e/host.json")]
    public async Task What_is_no_file_of_the_page_is_not_found(string address)
    {
        using var response = await site.Api.Http.GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task The_root_of_the_local_host_leads_to_the_page()
    {
        using var response = await site.Api.Http.GetAsync("/");
        Assert.Equal("/ui", response.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Scripts_are_compressed_and_kept_for_ever_under_the_name_of_their_content()
    {
        var document = await site.Api.Http.GetStringAsync("/ui");
        var script = document.Split('"').Single(text => text.EndsWith("/main.js", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(HttpMethod.Get, script);
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var response = await site.Api.Http.SendAsync(request);
        Assert.Equal("br", Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Equal(TimeSpan.FromDays(365), response.Headers.CacheControl?.MaxAge);
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thumbnail_asked_for_by_its_content_may_be_kept_and_one_of_other_content_may_not()
    {
        var record = await site.Api.GetAsync("/api/images?path=images/photos/home.jpg");
        var address = $"/api/images/{record.GetProperty("id").GetString()}/content?size=320&sha256=";
        using var pinned = await site.Api.Http.GetAsync(address + record.GetProperty("sha256").GetString());
        Assert.Contains("immutable", pinned.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var other = await site.Api.Http.GetAsync(address + new string('0', 64));
        Assert.True(other.Headers.CacheControl!.MustRevalidate);
        Assert.Equal(await pinned.Content.ReadAsByteArrayAsync(), await other.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_quarantined_image_has_a_thumbnail_as_well()
    {
        var record = await site.Api.GetAsync("/api/images?path=images/small/aloeL.jpg");
        Assert.Equal("quarantined", record.GetProperty("status").GetString());
        using var thumbnail = await site.Api.Http.GetAsync($"/api/images/{record.GetProperty("id").GetString()}/content?size=64");
        Assert.Equal("image/webp", thumbnail.Content.Headers.ContentType?.MediaType);
    }
}
