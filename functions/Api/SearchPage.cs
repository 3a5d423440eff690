using System.Globalization;

namespace Serverless.Api;

/// <summary>Pages of results, and their order.</summary>
internal static class SearchPage
{
    private const string Prefix = "after-";

    /// <summary>How many results come before this page.</summary>
    /// <exception cref="ProblemException">No answer returned it, or it is too far back.</exception>
    public static int Parse(string? continuation, int most) =>
        string.IsNullOrEmpty(continuation) ? 0
        : continuation.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(continuation[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
        && from <= most
            ? from
        : throw ProblemException.Invalid("'continuation' was not returned by this route: start again without it.");

    public static string After(int count) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{count}");

    /// <summary>The order that the search service keeps over all that it finds; null where it has none.</summary>
    public static string? OrderOf(SearchSort? sort) =>
        sort switch
        {
            SearchSort.Taken => "takenAt desc",
            SearchSort.Uploaded => "uploadedAt desc",
            SearchSort.Bytes => "bytes desc",
            _ => null,
        };

    public static IEnumerable<SearchResult> Sorted(IEnumerable<SearchResult> results, SearchSort? sort) =>
        sort switch
        {
            SearchSort.Similarity => results.OrderByDescending(result => result.Similarity),
            SearchSort.Taken => results.OrderByDescending(result => result.TakenAt ?? DateTime.MinValue),
            SearchSort.Uploaded => results.OrderByDescending(result => result.UploadedAt),
            SearchSort.Bytes => results.OrderByDescending(result => result.Bytes),
            _ => results,
        };
}
