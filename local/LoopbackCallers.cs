using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Local;

/// <summary>
/// Keeps other sites' pages away from a service that listens on loopback and requires no key, or a published one. The Host header reveals
/// DNS rebinding (a page whose name resolves to 127.0.0.1); the Origin header reveals cross-site posts.
/// </summary>
internal static class LoopbackCallers
{
    /// <param name="anyOrigin">The service has its own rule against other sites' pages.</param>
    /// <param name="origins">Pages of these may do what those of the service itself may.</param>
    public static void UseLoopbackCallersOnly(
        this IApplicationBuilder app,
        bool anyOrigin = false,
        IReadOnlyCollection<string>? origins = null
    ) =>
        app.Use(
            (context, next) =>
                Admits(context.Request, anyOrigin || IsReading(context.Request.Method) || IsOneOf(origins ?? [], context.Request))
                    ? next(context)
                    : RefuseAsync(context)
        );

    /// <param name="request">From an unknown caller.</param>
    /// <param name="anyOrigin">Whether another site's page may send it too, because it changes nothing.</param>
    public static bool Admits(HttpRequest request, bool anyOrigin) =>
        IsLoopback(request.Host.Host) && (anyOrigin || !IsOfAnotherSite(request));

    public static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(
            "This service answers only programs on this machine: call it as 127.0.0.1 or localhost, and not from another site's page."
        );
    }

    internal static bool IsReading(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsOneOf(IReadOnlyCollection<string> origins, HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && origins.Contains(origin, StringComparer.OrdinalIgnoreCase);

    // Another port on this machine is another origin, though browsers call it the same site.
    private static bool IsOfAnotherSite(HttpRequest request) =>
        request.Headers.Origin.Any(origin => !IsOwn(origin, request.Host))
        || request.Headers["Sec-Fetch-Site"].Any(site => site is not ("same-origin" or "none"));

    private static bool IsOwn(string? origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopback(string host) =>
        host is "127.0.0.1" or "[::1]" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
