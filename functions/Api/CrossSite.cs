namespace Serverless.Api;

/// <summary>
/// Refuses posts by another site's page through the browser of somebody who can reach this app: without a key, as on a developer's machine,
/// nothing else would stop such a page. A page that sends a key has passed the host's CORS check. Other clients send neither
/// <c>Sec-Fetch-Site</c> nor <c>Origin</c>, and are not affected; an old browser sends only the latter.
/// </summary>
internal static class CrossSite
{
    public static void UseCrossSiteProtection(this IApplicationBuilder app)
    {
        var allowed = CrossOrigin.AllowedBy(app.ApplicationServices);
        app.Use(
            (context, next) =>
                IsRefused(context.Request) && !allowed.Contains(context.Request.Headers.Origin.ToString(), StringComparer.OrdinalIgnoreCase)
                    ? throw new ProblemException(
                        StatusCodes.Status403Forbidden,
                        "The request comes from another site's page.",
                        "Use this app's page at /ui, a client that is not a browser, or add the origin to Api:AllowedOrigins."
                    )
                    : next(context)
        );
    }

    private static bool IsRefused(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method)
        && !HttpMethods.IsHead(request.Method)
        && !request.Headers.ContainsKey("x-functions-key")
        && (
            request.Headers["Sec-Fetch-Site"] is [{ } site]
                ? site is "cross-site" or "same-site"
                : request.Headers.Origin is [{ } origin] && !IsOwn(origin, request.Host)
        );

    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);
}
