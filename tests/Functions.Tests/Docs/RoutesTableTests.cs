using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Serverless.Access;
using Serverless.Api;
using Serverless.Hosting;

namespace Functions.Tests.Docs;

public sealed class RoutesTableTests
{
    [Fact]
    public async Task The_routes_are_described_as_in_the_code() =>
        GeneratedTable.Check(
            "http-api.md",
            "routes",
            [
                "| route | role | what |",
                "|---|---|---|",
                .. (await RoutesAsync()).Select(route =>
                    $"| `{route.Method} {route.Path}` | {route.Role} | {route.Summary.Replace("|", "\\|", StringComparison.Ordinal)} |"
                ),
            ]
        );

    /// <summary>What the document at api/openapi.json is made of.</summary>
    private static async Task<IReadOnlyList<(string Method, string Path, string Role, string Summary)>> RoutesAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddApp();
        await using var app = builder.Build();
        app.MapApi();
        return
        [
            .. from source in ((IEndpointRouteBuilder)app).DataSources
            from endpoint in source.Endpoints.OfType<RouteEndpoint>()
            let summary = endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary
            where summary is not null
            from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
            let role = endpoint.Metadata.GetMetadata<NeededRole>()?.Role ?? NeededRole.OfMethod(method)
            let path = $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}"
            orderby path, method
            select (method, path, role == Role.None ? "" : RoleGate.NameOf(role), summary),
        ];
    }
}
