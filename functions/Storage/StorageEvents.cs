using System.Text.Json;

namespace Serverless.Storage;

/// <summary>
/// Events of the storage account as Event Grid sends them, in its own schema or as cloud events: both name the blob alike.
/// </summary>
internal static class StorageEvents
{
    /// <summary>The subjects of one event, or of an array of them; an event without a subject has none.</summary>
    /// <exception cref="JsonException">The text is no event.</exception>
    public static IReadOnlyList<string> Subjects(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement switch
        {
            { ValueKind: JsonValueKind.Object } single => [.. SubjectOf(single)],
            { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray().SelectMany(SubjectOf)],
            _ => throw new JsonException("The message carries no event."),
        };
    }

    private static string[] SubjectOf(JsonElement item) =>
        item.ValueKind != JsonValueKind.Object ? throw new JsonException("The message carries no event.")
        : item.TryGetProperty("subject", out var subject) && TextOf(subject) is { } text ? [text]
        : [];

    /// <summary>Null for what is no text, or none that is Unicode.</summary>
    private static string? TextOf(JsonElement value)
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
}
