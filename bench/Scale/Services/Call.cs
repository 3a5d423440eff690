using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Bench.Scale.Services;

/// <summary>A request of the app as a service sees it.</summary>
internal sealed record Call(HttpMethod Method, Uri Address, HttpRequestHeaders Headers, byte[] Body)
{
    public string Path => Uri.UnescapeDataString(Address.AbsolutePath);

    /// <summary>Null without the header.</summary>
    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.First() : null;

    public string? Query(string name)
    {
        foreach (var pair in Address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && Uri.UnescapeDataString(pair[..at]) == name)
            {
                return Uri.UnescapeDataString(pair[(at + 1)..]);
            }
        }

        return null;
    }
}

/// <summary>The answer to it.</summary>
/// <param name="Bytes">What goes over the network, where that is more than the body.</param>
internal sealed record Answer(HttpStatusCode Status, byte[] Body, string? MediaType = null, int Bytes = 0)
{
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>What the headers say the body has, where it is more than it is.</summary>
    public long? Length { get; init; }

    public static Answer Empty(HttpStatusCode status) => new(status, []);

    public static Answer Json(HttpStatusCode status, string json) => new(status, Encoding.UTF8.GetBytes(json), "application/json");

    public Answer With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }

    public HttpResponseMessage ToMessage(HttpRequestMessage request, DateTimeOffset now)
    {
        var content = new ByteArrayContent(Body);
        if (MediaType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", MediaType);
        }

        if (Length is { } length)
        {
            content.Headers.ContentLength = length;
        }

        var message = new HttpResponseMessage(Status) { Content = content, RequestMessage = request };
        message.Headers.Date = now;
        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }
}
