using System.Text.Json;
using Serverless.Images;
using Serverless.Imaging.Metadata;

namespace Serverless.Describe;

/// <summary>What a request counted.</summary>
internal readonly record struct TokensUsed(long Input, long Output);

/// <summary>A model's answer: texts, or the reason why there are none.</summary>
/// <param name="Problem">The reason in words; null if there are texts.</param>
/// <param name="IsFinal">A retry would give the same result.</param>
/// <param name="Weight">The number of attempts it counts as: paid answers are not repeated often.</param>
/// <param name="RetryAfter">The endpoint's Retry-After.</param>
/// <param name="Used">Null if nothing was charged.</param>
internal sealed record ChatAnswer(
    DescribedText? Text,
    string? Problem = null,
    bool IsFinal = false,
    int Weight = 1,
    TimeSpan? RetryAfter = null,
    TokensUsed? Used = null
)
{
    /// <summary>Parses the JSON; null if it does not match the schema. Some models wrap it in text.</summary>
    public static DescribedText? Read(string text)
    {
        var (from, to) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
        if (from < 0 || to < from)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(text.AsMemory(from, to - from + 1));
            return Member(json.RootElement, "altText", ImageDescription.MaxAltText) is { } altText
                ? new DescribedText(
                    altText,
                    Member(json.RootElement, "description", ImageDescription.MaxText),
                    Member(json.RootElement, "visibleText", ImageDescription.MaxText)
                )
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null; // no JSON, or text that is not even valid UTF-16
        }
    }

    private static string? Member(JsonElement json, string name, int length) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? MetadataText.Clean(value.GetString(), length)
            : null;
}
