namespace Serverless.Ledger;

/// <summary>A blob's metadata as one column of a record: one line each, the name up to the first <c>=</c>.</summary>
internal static class StoredProperties
{
    /// <summary>Names and values must not contain control characters, nor names a <c>=</c>.</summary>
    public static string? ToText(IReadOnlyDictionary<string, string> properties) =>
        properties.Count == 0 ? null : string.Join('\n', properties.Select(pair => $"{pair.Key}={pair.Value}"));

    public static IReadOnlyDictionary<string, string> Parse(string? text) =>
        (text ?? "")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .Where(pair => pair is [{ Length: > 0 }, { Length: > 0 }])
            .DistinctBy(pair => pair[0])
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
