using System.Text.Json;

namespace Functions.Tests.Api;

/// <summary>What the API answers before it asks any service.</summary>
public sealed class MannersTests(MannersTests.Fixture fixture) : IClassFixture<MannersTests.Fixture>
{
    private const string Page = "https://photos.example.com";

    [Theory]
    [InlineData("/api/health", "GET, HEAD, OPTIONS")]
    [InlineData("/api/search", "GET, POST, HEAD, OPTIONS")]
    [InlineData("/api/embed", "POST, OPTIONS")]
    [InlineData("/api/images/00000000000000000000000000000000", "DELETE, GET, PATCH, HEAD, OPTIONS")]
    public async Task OPTIONS_names_the_methods_of_an_address(string path, string allowed)
    {
        var (response, body) = await fixture.Api.SendAsync("OPTIONS", path);
        Assert.Equal((204, 0), (response.StatusCode, body.Length));
        Assert.Equal(allowed.Split(", ").Order(), response.Headers.Allow.ToString().Split(", ").Order());
    }

    [Theory]
    [InlineData("GET", "/api/nowhere", 404, "/api/openapi.json")]
    [InlineData("PUT", "/api/search", 405, "GET, POST, HEAD, OPTIONS")]
    [InlineData("DELETE", "/api/health", 405, "GET, HEAD, OPTIONS")]
    [InlineData("GET", "/api/search?text=cat&tpo=5&fliter=x", 400, "'tpo', 'fliter'")]
    [InlineData("GET", "/api/health?verbose=1", 400, "It takes no query parameters.")]
    [InlineData("GET", "/api/images?path=a.jpg&PATHS=b", 400, "It takes path.")]
    public async Task What_an_address_does_not_take_is_refused_in_a_sentence(string method, string path, int status, string said)
    {
        var (response, body) = await fixture.Api.SendAsync(method, path);
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.ContentType));
        Assert.Contains(said, JsonSerializer.Deserialize<JsonElement>(body).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hosts_own_parameters_are_no_mistake()
    {
        var (_, body) = await fixture.Api.SendAsync("GET", "/api/health?verbose=1&code=key&clientId=page");
        var said = JsonSerializer.Deserialize<JsonElement>(body).GetProperty("detail").GetString();
        Assert.StartsWith("The query has 'verbose', which", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_may_ask_and_one_of_another_may_not()
    {
        await using var open = new InMemoryApi(("Api:AllowedOrigins:0", Page));
        foreach (
            var (api, origin, isAllowed) in new[] { (open, Page, true), (open, "https://other.example", false), (fixture.Api, Page, false) }
        )
        {
            var (response, _) = await api.SendAsync(
                "OPTIONS",
                "/api/search",
                ("Origin", origin),
                ("Access-Control-Request-Method", "POST"),
                ("Access-Control-Request-Headers", "content-type,x-functions-key")
            );
            Assert.Equal(204, response.StatusCode);
            Assert.Equal(isAllowed ? origin : "", response.Headers.AccessControlAllowOrigin.ToString());
            var (posted, _) = await api.SendAsync("POST", "/api/nowhere", ("Origin", origin), ("Sec-Fetch-Site", "cross-site"));
            Assert.Equal(isAllowed ? 404 : 403, posted.StatusCode);
        }
    }

    public sealed class Fixture : IAsyncDisposable
    {
        internal InMemoryApi Api { get; } = new();

        public ValueTask DisposeAsync() => Api.DisposeAsync();
    }
}
