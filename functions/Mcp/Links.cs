using System.Globalization;

namespace Serverless.Mcp;

/// <summary>Links to an image, based on the address the caller used.</summary>
internal sealed class Links(IHttpContextAccessor requests)
{
    public string Original(string id) => $"{Root}/api/images/{id}/content";

    public string Thumbnail(string id, int side) =>
        string.Create(CultureInfo.InvariantCulture, $"{Root}/api/images/{id}/content?size={side}");

    /// <summary>The page, with the image open.</summary>
    public string Page(string id) => $"{Root}/ui?image={id}";

    /// <summary>The Functions host forwards the name the caller used; it calls the worker under another.</summary>
    private string Root
    {
        get
        {
            var request = requests.HttpContext?.Request;
            if (request is null)
            {
                return "";
            }

            var host = First(request, "X-Forwarded-Host") is { } name ? new HostString(name) : request.Host;
            var scheme = First(request, "X-Forwarded-Proto") is "https" ? "https" : request.Scheme;
            return $"{scheme}://{host.ToUriComponent()}";
        }
    }

    private static string? First(HttpRequest request, string header) =>
        request.Headers[header].FirstOrDefault()?.Split(',')[0].Trim() is { Length: > 0 } value ? value : null;
}
