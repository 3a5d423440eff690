using System.Text.Json;

namespace Serverless.Hosting;

/// <summary>
/// What the Functions host posts to a custom handler: <c>{"Data":{binding:value},"Metadata":{…}}</c>. Strings arrive encoded
/// twice (a JSON string that holds JSON); objects arrive once; both are accepted.
/// </summary>
internal sealed class Invocation(JsonElement body)
{
    private readonly JsonElement data = Member(body, "Data");
    private readonly JsonElement metadata = Member(body, "Metadata");

    public static async Task<Invocation> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellation);
        return new Invocation(document.RootElement.Clone());
    }

    /// <summary>The text of a trigger value, or null where it is absent or not text.</summary>
    public string? Text(string binding) => Unwrap(Member(data, binding));

    /// <summary>The text of a metadata value, or null.</summary>
    public string? MetadataText(string name) => Unwrap(Member(metadata, name));

    /// <summary>A trigger value as an object, also where it arrived as text that holds one.</summary>
    public JsonElement? Object(string binding)
    {
        var value = Member(data, binding);
        if (value.ValueKind == JsonValueKind.String && Unwrap(value) is { } text && TryParse(text) is { } parsed)
        {
            value = parsed;
        }

        return value.ValueKind == JsonValueKind.Object ? value : null;
    }

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : default;

    private static string? Unwrap(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        return TextOf(value) is { } text && text.StartsWith('"') && TryParse(text) is { ValueKind: JsonValueKind.String } inner ? TextOf(inner) : TextOf(value);
    }

    /// <summary>A JSON text; null where it is none, or none that is Unicode.</summary>
    public static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement? TryParse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
