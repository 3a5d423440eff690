using System.Globalization;
using SearchEmulator.Http;

namespace SearchEmulator.Queries;

/// <summary>Reads a search by GET. Vectors cannot be sent this way.</summary>
internal static class QueryStringReader
{
    public static SearchRequest Read(IQueryCollection query)
    {
        foreach (var name in new[] { "scoringProfile", "scoringParameter", "semanticConfiguration", "answers", "captions", "speller" })
        {
            if (query[name].ToString() is { Length: > 0 } and not "none")
            {
                throw ServiceException.NotImplemented($"the parameter '{name}'");
            }
        }

        return new SearchRequest
        {
            Search = Optional(query, "search"),
            Filter = Optional(query, "$filter"),
            Select = Optional(query, "$select"),
            OrderBy = Optional(query, "$orderby"),
            Count = Flag(query, "$count"),
            Skip = RequestReader.CheckSkip(Number(query, "$skip") ?? 0),
            Top = Number(query, "$top") is { } top ? RequestReader.CheckTop(top) : null,
            FullSyntax = RequestReader.IsFull(Optional(query, "queryType") ?? "simple"),
            AllTerms = RequestReader.OneOf("searchMode", Optional(query, "searchMode") ?? "any", "any", "all") == "all",
            SearchFields = RequestReader.Split(Optional(query, "searchFields") ?? string.Empty),
            Facets = [.. query["facet"].OfType<string>()],
            Highlight = RequestReader.Split(Optional(query, "highlight") ?? string.Empty),
            HighlightPreTag = Optional(query, "highlightPreTag") ?? "<em>",
            HighlightPostTag = Optional(query, "highlightPostTag") ?? "</em>",
            ReportCoverage =
                Optional(query, "minimumCoverage") is { } coverage
                && RequestReader.CheckCoverage(double.TryParse(coverage, CultureInfo.InvariantCulture, out var percent) ? percent : -1),
        };
    }

    private static string? Optional(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var value) ? value.ToString() : null;

    private static bool Flag(IQueryCollection query, string name) =>
        Optional(query, name) switch
        {
            null or "false" => false,
            "true" => true,
            var other => throw ServiceException.BadRequest(
                $"Invalid value '{other}' for the parameter '{name}'. Valid values: true, false."
            ),
        };

    private static int? Number(IQueryCollection query, string name) =>
        Optional(query, name) switch
        {
            null => null,
            var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            var text => throw ServiceException.BadRequest($"Invalid value '{text}' for the parameter '{name}'. It must be a whole number."),
        };
}
