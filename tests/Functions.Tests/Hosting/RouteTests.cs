using FunctionsHost.Configuration;
using FunctionsHost.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Serverless.Api;
using Serverless.Hosting;
using Serverless.Mcp;
using Serverless.Ui;

namespace Functions.Tests.Hosting;

/// <summary>
/// The Functions host sorts functions by name, whatever their case, and gives a request to the first whose route and methods
/// fit, however exact another's are. So that the order never matters, each request of the app fits one function only.
/// </summary>
public sealed class RouteTests
{
    private static readonly FunctionApp App = FunctionApp.Load(AppContext.BaseDirectory);

    /// <summary>Takes what no other does.</summary>
    private const string Last = nameof(Serverless.Functions.UnknownAddress);

    private static readonly FunctionRoutes Host = new(App.Functions, App.RoutePrefix);

    [Fact]
    public async Task Every_endpoint_is_reached_through_one_function_with_the_level_that_it_should_have()
    {
        var requests = await RequestsAsync();
        Assert.True(requests.Count > 30, $"{requests.Count} requests");
        foreach (var (method, path) in requests)
        {
            var fitting = App
                .Functions.Where(function => function.Name != Last && new FunctionRoutes([function], "").Match(method, path) is not null)
                .ToList();
            Assert.True(fitting.Count == 1, $"{method} {path} fits [{string.Join(", ", fitting.Select(function => function.Name))}].");
            var isOpen = path is "/api/health" or "/ui" || path.StartsWith("/ui/", StringComparison.Ordinal);
            Assert.Equal((method, path, isOpen), (method, path, fitting[0].IsAnonymous));
        }
    }

    [Theory]
    [InlineData("GET", "/api/health", "Health")]
    [InlineData("GET", "/api/search", "Search")]
    [InlineData("POST", "/api/search", "Search")]
    [InlineData("GET", "/api/images", "Images")]
    [InlineData("POST", "/api/images/lookup", "Images")]
    [InlineData("GET", "/api/images/00/similar", "Similar")]
    [InlineData("GET", "/api/images/00/content", "Content")]
    [InlineData("GET", "/api/duplicates/what-if", "Duplicates")]
    [InlineData("GET", "/api/duplicates/report", "Duplicates")]
    [InlineData("GET", "/api/duplicates/totals", "Duplicates")]
    [InlineData("POST", "/api/duplicates/review", "DuplicatesReview")]
    [InlineData("POST", "/api/backfill/00/resume", "Backfills")]
    [InlineData("POST", "/api/reconcile", "Reconciliations")]
    [InlineData("POST", "/api/models/migrate/switch", "ModelMigrations")]
    [InlineData("POST", "/api/poison/resend", "Poison")]
    [InlineData("POST", "/api/rules/preview", "Rules")]
    [InlineData("POST", "/api/rules/00/undo", "Rules")]
    [InlineData("DELETE", "/api/quarantine/00", "Quarantine")]
    [InlineData("POST", "/api/quarantine/00", "Quarantine")]
    [InlineData("POST", "/api/duplicates/00/swap", "Choices")]
    [InlineData("GET", "/ui", "Ui")]
    [InlineData("HEAD", "/ui/search/view.js", "Ui")]
    [InlineData("POST", "/mcp", "Mcp")]
    [InlineData("GET", "/api/openapi.json", "OpenApi")]
    [InlineData("GET", "/", null)]
    [InlineData("POST", "/ui", null)]
    [InlineData("POST", "/api/health", "UnknownAddress")]
    [InlineData("POST", "/IngestImage", null)]
    [InlineData("POST", "/api/IngestImage", "UnknownAddress")]
    [InlineData("GET", "/api/JobStep", "UnknownAddress")]
    [InlineData("PUT", "/api/images/00", "UnknownAddress")]
    [InlineData("OPTIONS", "/api/search", "Preflight")]
    [InlineData("OPTIONS", "/api/images/00/content", "Preflight")]
    [InlineData("OPTIONS", "/mcp", "Preflight")]
    [InlineData("OPTIONS", "/ui", "Preflight")]
    [InlineData("HEAD", "/api/images/00", "Images")]
    public void The_host_chooses(string method, string path, string? function) =>
        Assert.Equal(function, Host.Match(method, path)?.Function.Name);

    [Fact]
    public async Task Where_there_is_GET_there_is_HEAD()
    {
        foreach (var (_, path) in (await RequestsAsync()).Where(request => request.Method == "GET" && request.Path != "/mcp"))
        {
            Assert.Equal((path, Host.Match("GET", path)?.Function.Name), (path, Host.Match("HEAD", path)?.Function.Name));
        }
    }

    [Fact]
    public void The_function_that_takes_the_rest_comes_last() =>
        Assert.Equal(
            Last,
            App.Functions.Where(function => function.IsHttp).Select(function => function.Name).Max(StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>A request for each endpoint and method, with something in the place of each parameter.</summary>
    private static async Task<IReadOnlyList<(string Method, string Path)>> RequestsAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddApp();
        await using var app = builder.Build();
        app.MapApi();
        app.MapUi();
        app.MapImageMcp();
        return
        [
            .. (
                from source in ((IEndpointRouteBuilder)app).DataSources
                from endpoint in source.Endpoints.OfType<RouteEndpoint>()
                from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                from rest in new[] { "", "x", "x/y" }
                select (method, PathOf(endpoint.RoutePattern, rest))
            ).Distinct(),
        ];
    }

    private static string PathOf(RoutePattern pattern, string rest) =>
        $"/{string.Join('/', pattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart { IsCatchAll: true } => rest,
            _ => "00000000000000000000000000000000",
        }))))}".TrimEnd(
            '/'
        );
}
