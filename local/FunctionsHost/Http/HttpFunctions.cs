using FunctionsHost.Configuration;
using Microsoft.AspNetCore.Routing.Patterns;

namespace FunctionsHost.Http;

/// <summary>The routes that HTTP functions declare, and nothing else.</summary>
internal static class HttpFunctions
{
    private const string HomePage = "ui/{*path}";
    private const string AnyMethod = "*";

    public static void MapHttpFunctions(this WebApplication web, FunctionApp app, HandlerProxy proxy, FunctionKey key)
    {
        var taken = new Dictionary<(string Route, string Method), string>();
        foreach (var (function, trigger) in app.TriggeredBy<HttpTrigger>())
        {
            Task HandleAsync(HttpContext context)
            {
                if (trigger.Anonymous || key.Admits(context.Request))
                {
                    return proxy.ForwardAsync(context);
                }

                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            }

            var route = ParseRoute(app.Host.RoutePrefix, function, trigger);
            foreach (var method in trigger.Methods.DefaultIfEmpty(AnyMethod))
            {
                if (!taken.TryAdd((route.RawText!.ToUpperInvariant(), method), function.Name))
                {
                    throw new HostException($"{function.File}: {taken[(route.RawText!.ToUpperInvariant(), method)]} already has the route "
                        + $"'{route.RawText}' for {(method == AnyMethod ? "every method" : method)}.");
                }
            }

            var endpoint = web.Map(route, HandleAsync).WithDisplayName(function.Name);
            if (trigger.Methods.Count > 0)
            {
                endpoint.WithMetadata(new HttpMethodMetadata(trigger.Methods));
            }
        }

        var hasHomePage = app.TriggeredBy<HttpTrigger>().Any(f => f.Trigger.Route == HomePage);
        web.MapFallback("/", () => hasHomePage ? Results.Redirect("/ui") : Results.Text("The functions host is running."));

        // Without a fallback a wrong method would be a 405, which the host in Azure does not know.
        web.MapFallback("{*path}", () => Results.NotFound());
    }

    private static RoutePattern ParseRoute(string prefix, Function function, HttpTrigger trigger)
    {
        var text = $"{prefix}/{trigger.Route ?? function.Name}".Trim('/');
        try
        {
            return RoutePatternFactory.Parse(text);
        }
        catch (RoutePatternException e)
        {
            throw new HostException($"{function.File}: the route '{text}' is not a route template: {e.Message}");
        }
    }
}
