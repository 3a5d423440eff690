using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SearchEmulator.Http;

namespace SearchEmulator.Queries;

/// <summary>Reads the body of a search by POST. Every property is used, refused, or listed as having no effect here.</summary>
internal static class RequestReader
{
    private const int MaxSearchLength = 100_000;

    /// <summary>
    /// Accepted without effect: one replica holds everything, so statistics are global, sessions sticky and coverage full.
    /// </summary>
    private static readonly HashSet<string> WithoutEffect = new(StringComparer.Ordinal) { "scoringStatistics", "sessionId" };

    public static SearchRequest Read(JsonObject body)
    {
        var request = new SearchRequest { Body = body };
        foreach (var (name, value) in body)
        {
            if (value is not null && !WithoutEffect.Contains(name))
            {
                request = Apply(request, name, value);
            }
        }

        return request;
    }

    private static SearchRequest Apply(SearchRequest request, string name, JsonNode value) =>
        name switch
        {
            "search" => request with { Search = CheckSearch(Text(name, value)) },
            "filter" => request with { Filter = Text(name, value) },
            "select" => request with { Select = Text(name, value) },
            "orderby" => request with { OrderBy = Text(name, value) },
            "count" => request with { Count = Flag(name, value) },
            "skip" => request with { Skip = CheckSkip(Number(name, value)) },
            "top" => request with { Top = CheckTop(Number(name, value)) },
            "queryType" => request with { FullSyntax = IsFull(Text(name, value)) },
            "searchMode" => request with { AllTerms = OneOf(name, Text(name, value), "any", "all") == "all" },
            "searchFields" => request with { SearchFields = Split(Text(name, value)) },
            "facets" => request with { Facets = Texts(name, value) },
            "highlight" => request with { Highlight = Split(Text(name, value)) },
            "highlightPreTag" => request with { HighlightPreTag = Text(name, value) },
            "highlightPostTag" => request with { HighlightPostTag = Text(name, value) },
            "minimumCoverage" => request with { ReportCoverage = CheckCoverage(Real(name, value)) },
            "vectorFilterMode" => request with { FilterAfterVectors = IsAfter(Text(name, value)) },
            "vectorQueries" => request with { VectorQueries = VectorQueryReader.ReadAll(value) },
            "hybridSearch" => request with { MaxTextRecall = MaxTextRecall(value) },
            "scoringProfile" or "scoringParameters" => Refuse(request, name, value, "scoring profiles"),
            "queryLanguage" or "speller" => Refuse(request, name, value, "spell checking"),
            "debug" => Refuse(request, name, value, "debug output"),
            "answers" or "captions" or "queryRewrites" => Refuse(request, name, value, "semantic ranking"),
            _ when name.StartsWith("semantic", StringComparison.Ordinal) => throw ServiceException.NotImplemented("semantic ranking"),
            _ => throw ServiceException.BadRequest(
                $"The request is invalid. Details: parameters : The property '{name}' does not exist on type 'search.searchRequest'."
            ),
        };

    public static string CheckSearch(string search) =>
        search.Length <= MaxSearchLength
            ? search
            : throw ServiceException.BadRequest(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The search text has {search.Length} characters. It can have at most {MaxSearchLength}.\r\nParameter name: search"
                )
            );

    public static int CheckSkip(int skip) =>
        skip is >= 0 and <= SearchRequest.MaxSkip
            ? skip
            : throw ServiceException.BadRequest(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Value must be between 0 and {SearchRequest.MaxSkip}.\r\nParameter name: $skip"
                )
            );

    public static int CheckTop(int top) =>
        top >= 0 ? top : throw ServiceException.BadRequest("Value must be greater than or equal to 0.\r\nParameter name: $top");

    public static bool CheckCoverage(double coverage) =>
        coverage is >= 0 and <= 100
            ? true
            : throw ServiceException.BadRequest("Value must be between 0 and 100.\r\nParameter name: minimumCoverage");

    public static bool IsFull(string queryType) =>
        queryType == "semantic"
            ? throw ServiceException.NotImplemented("semantic ranking")
            : OneOf("queryType", queryType, "simple", "full") == "full";

    public static string OneOf(string name, string value, params string[] allowed) =>
        allowed.Contains(value)
            ? value
            : throw ServiceException.BadRequest(
                $"Invalid value '{value}' for the parameter '{name}'. Valid values: {string.Join(", ", allowed)}."
            );

    public static List<string> Split(string list) =>
        [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static bool IsAfter(string mode) =>
        mode switch
        {
            "preFilter" => false,
            "postFilter" or "strictPostFilter" => true,
            _ => throw ServiceException.BadRequest(
                $"Invalid value '{mode}' for the parameter 'vectorFilterMode'. Valid values: preFilter, postFilter."
            ),
        };

    private static int MaxTextRecall(JsonNode value) =>
        value is JsonObject hybrid
            ? hybrid
                .Where(property => property.Value is not null)
                .Aggregate(
                    1000,
                    (recall, property) =>
                        property.Key switch
                        {
                            "maxTextRecallSize" when Number(property.Key, property.Value!) is >= 1 and <= 10_000 and var size => size,
                            "countAndFacetMode" => throw ServiceException.NotImplemented("hybridSearch.countAndFacetMode"),
                            _ => throw ServiceException.BadRequest($"The property '{property.Key}' of hybridSearch is not valid."),
                        }
                )
            : throw Invalid("hybridSearch", "an object");

    private static SearchRequest Refuse(SearchRequest request, string name, JsonNode value, string feature)
    {
        var isOff =
            value is JsonArray { Count: 0 }
            || (value is JsonValue text && text.TryGetValue<string>(out var word) && word is "none" or "disabled");
        return isOff ? request : throw ServiceException.NotImplemented($"{feature} (the property '{name}')");
    }

    private static string Text(string name, JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : throw Invalid(name, "a string");

    private static List<string> Texts(string name, JsonNode value) =>
        value is JsonArray list
            ? [.. list.Select(item => item is null ? throw Invalid(name, "strings") : Text(name, item))]
            : throw Invalid(name, "an array of strings");

    private static bool Flag(string name, JsonNode value) =>
        value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? value.GetValue<bool>() : throw Invalid(name, "true or false");

    private static int Number(string name, JsonNode value) =>
        value is JsonValue number && number.TryGetValue<int>(out var whole) ? whole : throw Invalid(name, "a whole number");

    private static double Real(string name, JsonNode value) =>
        value is JsonValue number && number.TryGetValue<double>(out var real) ? real : throw Invalid(name, "a number");

    private static ServiceException Invalid(string name, string expected) =>
        ServiceException.BadRequest($"The request is invalid. Details: parameters : The property '{name}' must be {expected}.");
}
