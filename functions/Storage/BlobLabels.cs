using System.Text;

namespace Serverless.Storage;

/// <summary>
/// User-defined blob metadata: tags, under the name <c>tags</c>, and all other names and values. Metadata is ASCII: other characters, and
/// <c>%</c>, are percent-encoded as in a URL.
/// </summary>
internal static class BlobLabels
{
    public const string TagsKey = "tags";
    public const int MaxTags = 32;
    public const int MaxTagLength = 64;

    private const int MaxProperties = 32;
    private const int MaxValueLength = 256;

    /// <summary>Names that storage and this app use themselves.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase) { TagsKey, "hdi_isfolder" };

    /// <summary>At most 32 tags of at most 64 characters; others are dropped.</summary>
    public static IReadOnlyList<string> TagsOf(IDictionary<string, string> metadata) =>
        metadata.FirstOrDefault(pair => pair.Key.Equals(TagsKey, StringComparison.OrdinalIgnoreCase)).Value is { } text
            ?
            [
                .. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(Decoded)
                    .Where(IsTag)
                    .Distinct(StringComparer.Ordinal)
                    .Take(MaxTags),
            ]
            : [];

    public static bool IsTag(string tag) =>
        tag.Length is > 0 and <= MaxTagLength && tag.Trim() == tag && !tag.Any(letter => char.IsControl(letter) || letter == ',');

    /// <summary>The metadata value for the tags; null if there are none.</summary>
    public static string? TextOf(IReadOnlyList<string> tags) => tags.Count == 0 ? null : string.Join(',', tags.Select(Encoded));

    /// <summary>All other metadata; names in lower case, because the services ignore case.</summary>
    public static IReadOnlyDictionary<string, string> PropertiesOf(IDictionary<string, string> metadata) =>
        metadata
            .Where(pair => !Reserved.Contains(pair.Key) && pair.Key.Length <= MaxTagLength)
            .Select(pair => (Name: pair.Key.ToLowerInvariant(), Value: Decoded(pair.Value.Trim())))
            .Where(pair => pair.Value.Length is > 0 and <= MaxValueLength && !pair.Value.Any(char.IsControl))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .DistinctBy(pair => pair.Name)
            .Take(MaxProperties)
            .ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>The properties with the index tags, which are plain text; together at most as many as metadata alone.</summary>
    public static IReadOnlyDictionary<string, string> PropertiesOf(
        IDictionary<string, string> indexTags,
        IReadOnlyDictionary<string, string> properties
    ) =>
        properties
            .Concat(
                indexTags
                    .Where(pair => pair.Key.Length is > 0 and <= MaxTagLength && !pair.Key.Contains('=', StringComparison.Ordinal))
                    .Where(pair => pair.Value.Length is > 0 and <= MaxValueLength)
                    .Select(pair => KeyValuePair.Create(pair.Key.ToLowerInvariant(), pair.Value))
            )
            .DistinctBy(pair => pair.Key)
            .Take(MaxProperties)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    private static string Decoded(string text) => text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;

    private static string Encoded(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isPlain = rune.Value is >= ' ' and <= '~' and not '%';
            encoded.Append(isPlain ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        }

        return encoded.ToString();
    }
}
