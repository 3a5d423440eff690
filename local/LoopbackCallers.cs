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
    public static void UseLoopbackCallersOnly(this IApplicationBuilder app, bool anyOrigin = false) =>
        app.Use(
            (context, next) =>
                Admits(context.Request, anyOrigin || IsReading(context.Request.Method)) ? next(context) : RefuseAsync(context)
        );

    /// <param name="request">Of a caller that may be anything.</param>
    /// <param name="anyOrigin">Whether a page of another site may send it as well, because it changes nothing.</param>
    public static bool Admits(HttpRequest request, bool anyOrigin) =>
        IsLoopback(request.Host.Host) && (anyOrigin || !IsOfAnotherSite(request));

    public static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(
            "This service answers programs of this machine only: call it as 127.0.0.1 or localhost, and not from a page of another site."
        );
    }

    internal static bool IsReading(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    // Another port of this machine is another origin, though a browser calls it the same site.
    private static bool IsOfAnotherSite(HttpRequest request) =>
        request.Headers.Origin.Any(origin => !IsOwn(origin, request.Host))
        || request.Headers["Sec-Fetch-Site"].Any(site => site is not ("same-origin" or "none"));

    private static bool IsOwn(string? origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopback(string host) =>
        host is "127.0.0.1" or "[::1]" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
