using System.Text.Json;

namespace Serverless.Storage;

/// <summary>
/// Storage events from Event Grid, in its own schema or as cloud events: both name the blob the same way.
/// </summary>
internal static class StorageEvents
{
    /// <summary>The subjects of one event, or of an array of them; an event without a subject has none.</summary>
    /// <exception cref="JsonException">The text is not an event.</exception>
    public static IReadOnlyList<string> Subjects(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement switch
        {
            { ValueKind: JsonValueKind.Object } single => [.. SubjectOf(single)],
            { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray().SelectMany(SubjectOf)],
            _ => throw new JsonException("The message is not an event."),
        };
    }

    private static string[] SubjectOf(JsonElement item) =>
        item.ValueKind != JsonValueKind.Object ? throw new JsonException("The message is not an event.")
        : item.TryGetProperty("subject", out var subject) && TextOf(subject) is { } text ? [text]
        : [];

    /// <summary>Null if it is not text, or not valid Unicode.</summary>
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
