using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Serverless.Telemetry;

namespace Serverless.Embeddings.Hosted;

/// <summary>An error answer. Its text is untrusted: it is searched for known words and never passed on.</summary>
/// <param name="Code">The vendor's error code; only letters, digits and dots.</param>
internal sealed partial record ProviderError(HttpStatusCode Status, string? Code, string Message, TimeSpan? RetryAfter)
{
    public bool Says(string words) => Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Reads <c>{"error":{"code", "status", "message"}}</c> (Microsoft, Google) and <c>{"message"}</c> with the type in a header (Amazon).
    /// </summary>
    public static ProviderError Read(HttpResponseMessage response, byte[] body, TimeProvider clock)
    {
        var type = response.Headers.TryGetValues("x-amzn-ErrorType", out var types) ? types.First().Split(':')[0] : null;
        var (code, message) = Members(body);
        return new ProviderError(response.StatusCode, Clean(type ?? code), message, RetryAfterOf(response, clock));
    }

    private static (string? Code, string Message) Members(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            var error = Member(root, "error") ?? root;
            var inner = Member(error, "innererror");
            var code = Text(inner, "code") ?? Text(error, "status") ?? Text(error, "code") ?? Text(root, "__type");
            return (code, error.GetRawText());
        }
        catch (JsonException)
        {
            return (null, string.Empty);
        }
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, TimeProvider clock)
    {
        var value = response.Headers.TryGetValues("Retry-After", out var values) ? values.First() : null;
        return RetryAfterHeader.Read(value, response.Headers.Date ?? clock.GetUtcNow());
    }

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : null;

    private static string? Text(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element
        && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string? Clean(string? code) => code is { Length: > 0 and <= 64 } && Name().IsMatch(code) ? code : null;

    [GeneratedRegex("^[A-Za-z0-9_.]+$")]
    private static partial Regex Name();
}
