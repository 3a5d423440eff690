using System.Text.Json;
using System.Text.Json.Nodes;
using SearchEmulator.Analysis;
using SearchEmulator.Http;

namespace SearchEmulator.Definitions;

/// <summary>
/// Custom analyzers of a definition: the tokenizers `standard_v2`, `whitespace`, `keyword_v2` and `letter`, and the filters of
/// <see cref="TokenFilterReader"/>. Character filters, normalizers and everything else answer 501.
/// </summary>
internal sealed record AnalysisSettings(AnalyzerSet Analyzers, JsonArray AnalyzersJson, JsonArray TokenFiltersJson)
{
    private const string Custom = "#Microsoft.Azure.Search.CustomAnalyzer";

    /// <summary>The parts of a definition that can grow and never change.</summary>
    public static readonly string[] Parts = ["analyzers", "tokenizers", "tokenFilters", "charFilters", "normalizers"];

    private static readonly Dictionary<string, Splitting> Tokenizers = new(StringComparer.Ordinal)
    {
        ["standard_v2"] = Splitting.Words,
        ["standard"] = Splitting.Words,
        ["whitespace"] = Splitting.Whitespace,
        ["keyword_v2"] = Splitting.None,
        ["letter"] = Splitting.Letters,
    };

    public static AnalysisSettings Read(JsonObject given)
    {
        foreach (var part in new[] { "tokenizers", "charFilters", "normalizers" })
        {
            if (given[part] is JsonArray { Count: > 0 })
            {
                throw ServiceException.NotImplemented($"custom {part}");
            }
        }

        var filters = new Dictionary<string, TokenFilter>(StringComparer.Ordinal);
        var filtersJson = new JsonArray();
        foreach (var item in Items(given, "tokenFilters"))
        {
            var name = NameOf(item, "token filter", filters.ContainsKey, TokenFilterReader.Find);
            var (filter, json) = TokenFilterReader.Read(name, item);
            filters.Add(name, filter);
            filtersJson.Add((JsonNode)json);
        }

        var analyzers = new Dictionary<string, Analyzer>(StringComparer.Ordinal);
        var analyzersJson = new JsonArray();
        foreach (var item in Items(given, "analyzers"))
        {
            var name = NameOf(item, "analyzer", analyzers.ContainsKey, Analysis.Analyzers.Find);
            var (analyzer, json) = ReadAnalyzer(name, item, filters);
            analyzers.Add(name, analyzer);
            analyzersJson.Add((JsonNode)json);
        }

        return new AnalysisSettings(new AnalyzerSet(analyzers), analyzersJson, filtersJson);
    }

    private static (Analyzer Analyzer, JsonObject Json) ReadAnalyzer(string name, JsonObject item, Dictionary<string, TokenFilter> filters)
    {
        if (item["@odata.type"]?.ToString() is var type && type != Custom)
        {
            throw ServiceException.NotImplemented($"analyzers of the type '{type}'");
        }

        if (item["charFilters"] is JsonArray { Count: > 0 })
        {
            throw ServiceException.NotImplemented("character filters");
        }

        var tokenizer =
            item["tokenizer"]?.ToString() ?? throw Invalid($"The analyzer '{name}' must have a tokenizer.", "InvalidAnalysisComponent");
        if (!Tokenizers.TryGetValue(tokenizer, out var splitting))
        {
            throw ServiceException.NotImplemented($"the tokenizer '{tokenizer}' (it has: {string.Join(", ", Tokenizers.Keys)})");
        }

        var used = (item["tokenFilters"] as JsonArray ?? []).Select(filter => filter?.ToString() ?? "").ToList();
        var analyzer = new Analyzer(splitting, false, false, false, StopWords.None)
        {
            Filters =
            [
                .. used.Select(filter =>
                    filters.GetValueOrDefault(filter)
                    ?? TokenFilterReader.Find(filter)
                    ?? throw ServiceException.NotImplemented($"the token filter '{filter}' (it has: {TokenFilterReader.Names})")
                ),
            ],
        };
        var json = new JsonObject
        {
            ["@odata.type"] = Custom,
            ["name"] = name,
            ["tokenizer"] = tokenizer,
            ["tokenFilters"] = new JsonArray([.. used.Select(filter => JsonValue.Create(filter))]),
            ["charFilters"] = new JsonArray(),
        };
        return (analyzer, json);
    }

    private static IEnumerable<JsonObject> Items(JsonObject given, string part) =>
        given[part] switch
        {
            null => [],
            JsonArray list => list.Select(item =>
                item as JsonObject ?? throw Invalid($"Every entry of '{part}' must be an object.", "InvalidAnalysisComponent")
            ),
            _ => throw Invalid($"The property '{part}' must be an array.", "InvalidAnalysisComponent"),
        };

    /// <summary>Names are unique, and none is one of the service's own.</summary>
    private static string NameOf(JsonObject item, string what, Func<string, bool> isTaken, Func<string, object?> ofService)
    {
        var name = item["name"] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "";
        if (!Naming.IsAnalysisName(name))
        {
            throw Invalid(
                $"Invalid {what} name: '{name}'. A name has 1 to 128 letters, digits, spaces, dashes or underscores, and starts and ends "
                    + "with a letter or digit.",
                "InvalidName"
            );
        }

        return isTaken(name) || ofService(name) is not null
            ? throw Invalid($"The {what} name '{name}' is already in use.", "InvalidAnalysisComponent")
            : name;
    }

    private static ServiceException Invalid(string message, string detail) => ServiceException.InvalidDefinition(message, detail);
}
