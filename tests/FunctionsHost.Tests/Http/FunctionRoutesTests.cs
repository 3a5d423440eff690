using FunctionsHost.Configuration;
using FunctionsHost.Diagnostics;
using FunctionsHost.Http;
using Xunit;

namespace FunctionsHost.Tests.Http;

public sealed class FunctionRoutesTests
{
    [Theory]
    [InlineData("GET", "/api/health", "Api")]
    [InlineData("POST", "/api/health", "Health")]
    [InlineData("GET", "/ui", "ui")]
    [InlineData("GET", "/ui/a/b", "ui")]
    [InlineData("GET", "/named", "named")]
    [InlineData("GET", "/n/12", "Number")]
    [InlineData("GET", "/n/twelve", null)]
    [InlineData("GET", "/nowhere", null)]
    public void The_first_function_by_name_wins_however_specific_another_is(string method, string path, string? function)
    {
        var routes = new FunctionRoutes(
            [
                Http("ui", "ui/{*path}"),
                Http("Health", "api/health"),
                Http("named", null),
                Http("Number", "n/{id:int}"),
                Http("Api", "api/{*path}", "get"),
                new FunctionDeclaration("Another", new TriggerDeclaration("queueTrigger", "m") { QueueName = "q" }),
            ],
            prefix: ""
        );
        Assert.Equal(function, routes.Match(method, path)?.Function.Name);
    }

    [Fact]
    public void Routes_lie_below_the_prefix() =>
        Assert.Equal("12", new FunctionRoutes([Http("F", "{id}")], "api").Match("GET", "/api/12")!.Values["id"]);

    [Theory]
    [InlineData("a/{b")]
    [InlineData("a/{b:no-such-thing}")]
    public void An_invalid_route_is_refused_by_name(string route) =>
        Assert.StartsWith(
            $"F: the route '{route}' ",
            Assert.Throws<HostException>(() => new FunctionRoutes([Http("F", route)], "")).Message,
            StringComparison.Ordinal
        );

    private static FunctionDeclaration Http(string name, string? route, params string[] methods) =>
        new(name, new TriggerDeclaration("httpTrigger", "req") { Route = route, Methods = methods });
}
