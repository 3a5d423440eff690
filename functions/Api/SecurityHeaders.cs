namespace Serverless.Api;

/// <summary>Security headers of every answer, including errors. A route's own values take precedence.</summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(() =>
                {
                    var headers = context.Response.Headers;
                    headers.TryAdd("X-Content-Type-Options", "nosniff");
                    headers.TryAdd("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
                    headers.TryAdd("Referrer-Policy", "no-referrer");

                    // Without a key, any page could otherwise show a picture of this app in an <img>, as its user sees it.
                    headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
                    return Task.CompletedTask;
                });
                return next(context);
            }
        );
}
