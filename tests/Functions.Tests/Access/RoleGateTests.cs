using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Functions.Tests.Pipeline;
using Shared;

namespace Functions.Tests.Access;

/// <summary>Every route of the app's own description, asked with a key of each role.</summary>
public sealed class RoleGateTests(RoleGateTests.GuardedApp guarded) : IClassFixture<RoleGateTests.GuardedApp>
{
    private static readonly string[] OpenToSearch =
    [
        "POST /api/search",
        "POST /api/compare",
        "POST /api/embed",
        "POST /api/categories/preview",
        "POST /api/images/lookup",
        "POST /api/images/zip",
        "POST /api/rules/preview",
    ];
    private static readonly string[] ForGood =
    [
        "DELETE /api/quarantine/{id}",
        "DELETE /api/images/{id}",
        "POST /api/quarantine/{id}/trash",
    ];

    [Fact]
    public async Task A_search_key_can_change_nothing_an_operate_key_all_but_delete_for_good_and_the_description_says_so()
    {
        var description = await DescriptionAsync();
        Assert.Equal(
            "x-functions-key",
            description.GetProperty("components").GetProperty("securitySchemes").GetProperty("functionKey").GetProperty("name").GetString()
        );
        var seen = 0;
        foreach (var (method, path, operation) in Operations(description).Where(operation => operation.Path != "/api/health"))
        {
            var route = $"{method} {path}";
            var isOpen = method is "GET" or "HEAD" || OpenToSearch.Contains(route);
            var expected =
                isOpen ? "search"
                : ForGood.Contains(route) ? "delete"
                : "operate";
            Assert.Equal(
                expected,
                Assert.Single(operation.GetProperty("security")[0].GetProperty("functionKey").EnumerateArray()).GetString()
            );
            Assert.Equal((route, true), (route, await IsRefusedAsync(method, path, null)));
            Assert.Equal((route, true), (route, await IsRefusedAsync(method, path, "some-other-key-of-the-host")));
            Assert.Equal((route, !isOpen), (route, await IsRefusedAsync(method, path, GuardedApp.SearchKey)));
            Assert.Equal((route, ForGood.Contains(route)), (route, await IsRefusedAsync(method, path, GuardedApp.OperateKey)));
            Assert.Equal((route, false), (route, await IsRefusedAsync(method, path, GuardedApp.DeleteKey)));
            seen++;
        }

        Assert.True(seen > 15);
    }

    [Fact]
    public async Task Health_and_the_page_need_no_role_and_the_tools_need_the_search_key()
    {
        Assert.False(await IsRefusedAsync("GET", "/api/health", null));
        Assert.False(await IsRefusedAsync("GET", "/ui", null));
        Assert.True(await IsRefusedAsync("POST", "/mcp", null));
        Assert.False(await IsRefusedAsync("POST", "/mcp", GuardedApp.SearchKey));
    }

    [Fact]
    public async Task A_claimed_principal_has_no_role_where_App_Service_did_not_check_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/browse");
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String("""{"claims":[{"typ":"roles","val":"Images.Delete"}]}"""u8));
        using var response = await guarded.App.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Everything_that_is_served_is_for_this_origin_only()
    {
        foreach (var path in new[] { "/api/health", "/api/browse", "/api/openapi.json", "/ui", "/api/backfill/no/where" })
        {
            using var response = await guarded.App.Http.GetAsync(path);
            Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Cross-Origin-Resource-Policy")));
        }
    }

    private async Task<JsonElement> DescriptionAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/openapi.json")
        {
            Headers = { { "x-functions-key", GuardedApp.SearchKey } },
        };
        using var response = await guarded.App.Http.SendAsync(request);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static IEnumerable<(string Method, string Path, JsonElement Operation)> Operations(JsonElement description) =>
        from path in description.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Value.ValueKind == JsonValueKind.Object && operation.Value.TryGetProperty("responses", out _)
        select (operation.Name.ToUpperInvariant(), path.Name, operation.Value);

    private async Task<bool> IsRefusedAsync(string method, string path, string? key)
    {
        var id = new string('0', 32);
        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            path.Replace("{id}", id, StringComparison.Ordinal).Replace("{page}", "1", StringComparison.Ordinal)
        );
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        using var response = await guarded.App.Http.SendAsync(request);
        return response.StatusCode == HttpStatusCode.Forbidden;
    }

    public sealed class GuardedApp : IAsyncLifetime
    {
        public const string SearchKey = "search-key-0123456789";
        public const string OperateKey = "operate-key-0123456789";
        public const string DeleteKey = "delete-key-0123456789";

        private Cluster cluster = null!;

        internal AppProcess App => cluster.Apps[0];

        public async ValueTask InitializeAsync() =>
            cluster = await Cluster.StartAsync(
                apps: 1,
                settings: new()
                {
                    ["Access__SearchKey"] = SearchKey,
                    ["Access__OperateKey"] = OperateKey,
                    ["Access__DeleteKey"] = DeleteKey,
                }
            );

        public ValueTask DisposeAsync() => cluster.DisposeAsync();
    }
}
