namespace StorageProxy.Storage;

/// <summary>A request to the blob service as Azurite understands it.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="Query">Names are case-sensitive; a repeated name counts as absent.</param>
/// <param name="Header">Gets a header's value by name.</param>
internal sealed record StorageRequest(string Method, string Path, IReadOnlyDictionary<string, string> Query, Func<string, string?> Header)
{
    public const string MethodOverride = "X-HTTP-Method";

    /// <param name="target">Path and query as sent.</param>
    public static StorageRequest Of(string method, string target, Func<string, string?> header)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? "" : target[(question + 1)..];
        var other = header(MethodOverride)?.Trim();
        return new StorageRequest(
            other is "GET" or "MERGE" or "PATCH" or "DELETE" ? other : method,
            question < 0 ? target : target[..question],
            query
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('=', 2))
                .GroupBy(pair => Decode(pair[0]), StringComparer.Ordinal)
                .Where(same => same.Count() == 1)
                .ToDictionary(same => same.Key, same => Decode(same.Single().ElementAtOrDefault(1) ?? ""), StringComparer.Ordinal),
            header
        );
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
