using System.Globalization;
using System.Text.Json.Nodes;
using SearchEmulator.Http;
using SearchEmulator.Indexes;

namespace SearchEmulator;

/// <summary>What an index's `corsOptions` allow to pages in a browser.</summary>
internal sealed class Cors(IndexCatalog catalog)
{
    private const int DefaultMaxAgeSeconds = 300;

    /// <summary>Adds what the browser wants to see. True for a preflight request, which needs no other answer and carries no key.</summary>
    public bool Answer(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return false;
        }

        var options = catalog.Find(ResourcePath.Of(context).Index)?.Definition.Json["corsOptions"] as JsonObject;
        var headers = context.Response.Headers;
        if (
            options?["allowedOrigins"] is JsonArray allowed
            && allowed.Any(each => each?.ToString() is { } text && (text == "*" || text == origin))
        )
        {
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlExposeHeaders = "*";
            headers.Vary = "Origin";
        }

        if (context.Request.Method != HttpMethods.Options)
        {
            return false;
        }

        headers.AccessControlAllowMethods = "GET, POST, PUT, DELETE";
        headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders;
        headers.AccessControlMaxAge = (
            options?["maxAgeInSeconds"] is JsonValue age && age.TryGetValue<int>(out var seconds) ? seconds : DefaultMaxAgeSeconds
        ).ToString(CultureInfo.InvariantCulture);
        return true;
    }
}
