using Microsoft.Net.Http.Headers;

namespace Serverless.Ui;

/// <summary>Serves the page at <c>/ui</c>. The page uses only the HTTP API; the headers here restrict what it may load and do.</summary>
internal static class UiEndpoint
{
    /// <summary>Scripts and styles only from the page's files, data only from this origin, and text is never parsed as markup.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>The page's views; each has its own URL, all serve the same document.</summary>
    private static readonly HashSet<string> Views = ["", "review", "upload", "operate"];

    public static IServiceCollection AddUi(this IServiceCollection services) => services.AddSingleton<PageFiles>();

    public static void MapUi(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/ui/{**path}", [HttpMethods.Get, HttpMethods.Head], Get).ExcludeFromDescription();

    private static IResult Get(string? path, HttpContext context, PageFiles files)
    {
        path ??= "";
        if (files.Asset(path) is { } asset)
        {
            return Send(asset, "public, max-age=31536000, immutable", context);
        }

        return Views.Contains(path.TrimEnd('/')) ? Send(files.Document, "no-cache", context) : Results.NotFound();
    }

    private static IResult Send(PageFile file, string caching, HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = caching;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (file.Brotli.Length == 0 || !AcceptsBrotli(context.Request))
        {
            return Results.Bytes(file.Bytes, file.MediaType, entityTag: file.Tag);
        }

        headers.ContentEncoding = "br";
        return Results.Bytes(file.Brotli, file.MediaType, entityTag: file.Tag);
    }

    private static bool AcceptsBrotli(HttpRequest request) =>
        request
            .GetTypedHeaders()
            .AcceptEncoding.Any(coding => coding.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && coding.Quality is null or > 0);
}
