using System.Text.Json;
using Serverless.Images;
using Serverless.Imaging.Metadata;

namespace Serverless.Describe;

/// <summary>What a request counted.</summary>
internal readonly record struct TokensUsed(long Input, long Output);

/// <summary>What a model answered: texts, or why there are none.</summary>
/// <param name="Problem">In words; null where there are texts.</param>
/// <param name="IsFinal">Asking again would bring the same.</param>
/// <param name="Weight">How many attempts it counts for: an answer that was paid for is not asked for often.</param>
/// <param name="RetryAfter">When the endpoint wants to be asked again.</param>
/// <param name="Used">Null where nothing was charged.</param>
internal sealed record ChatAnswer(
    DescribedText? Text,
    string? Problem = null,
    bool IsFinal = false,
    int Weight = 1,
    TimeSpan? RetryAfter = null,
    TokensUsed? Used = null
)
{
    /// <summary>Reads JSON; null where it is not what was asked for. Some models put it between words.</summary>
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
