using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Local;

/// <summary>
/// Keeps pages of other sites away from a service that listens on loopback and asks for no key, or for one that is published. A page
/// whose name was made to mean 127.0.0.1 (DNS rebinding) is told by its Host; one that posts across sites by its Origin.
/// </summary>
internal static class LoopbackCallers
{
    /// <param name="anyOrigin">Pages of other sites are kept away by a rule of its own.</param>
    public static void UseLoopbackCallersOnly(this IApplicationBuilder app, bool anyOrigin = false) => app.Use((context, next) =>
    {
        if (Admits(context.Request, anyOrigin))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("This service answers programs of this machine only: call it as 127.0.0.1 or localhost, and not from a page of another site.");
    });

    internal static bool Admits(HttpRequest request, bool anyOrigin) => IsLoopback(request.Host.Host)
        && (anyOrigin || IsReading(request.Method) || request.Headers.Origin.All(origin => IsOwn(origin, request.Host)));

    private static bool IsReading(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsOwn(string? origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopback(string host) => host is "127.0.0.1" or "[::1]" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
