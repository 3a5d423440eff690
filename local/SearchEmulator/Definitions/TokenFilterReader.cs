using System.Text.Json;
using System.Text.Json.Nodes;
using SearchEmulator.Analysis;
using SearchEmulator.Http;

namespace SearchEmulator.Definitions;

/// <summary>Token filters by their names and by their definitions; options that were left out are filled in as the service does.</summary>
internal static class TokenFilterReader
{
    private const string Prefix = "#Microsoft.Azure.Search.";
    private const int MaxGram = 300;

    private static readonly Dictionary<string, TokenFilter> OfService = new(StringComparer.Ordinal)
    {
        ["lowercase"] = new LowerCaseFilter(),
        ["asciifolding"] = new AsciiFoldingFilter(),
        ["word_delimiter"] = new WordDelimiterFilter(new WordDelimiterOptions()),
        ["edgeNGram_v2"] = new EdgeNGramFilter(1, 2),
    };

    public static string Names => string.Join(", ", OfService.Keys);

    public static TokenFilter? Find(string name) => OfService.GetValueOrDefault(name);

    public static (TokenFilter Filter, JsonObject Json) Read(string name, JsonObject item)
    {
        var type = item["@odata.type"]?.ToString() ?? "";
        var json = new JsonObject { ["@odata.type"] = type, ["name"] = name };
        TokenFilter filter = type switch
        {
            $"{Prefix}WordDelimiterTokenFilter" => new WordDelimiterFilter(WordDelimiter(item, json)),
            $"{Prefix}EdgeNGramTokenFilterV2" => EdgeNGram(name, item, json),
            $"{Prefix}StemmerTokenFilter" => Stemmer(item, json),
            _ => throw ServiceException.NotImplemented($"token filters of the type '{type}'"),
        };
        return item.Select(property => property.Key).FirstOrDefault(property => !json.ContainsKey(property)) is { } unknown
            ? throw ServiceException.BadRequest(
                $"The request is invalid. Details: definition : The property '{unknown}' does not exist on type '{type[1..]}'."
            )
            : (filter, json);
    }

    private static WordDelimiterOptions WordDelimiter(JsonObject item, JsonObject json)
    {
        var words = (item["protectedWords"] as JsonArray ?? []).Select(word => word?.ToString() ?? "").ToHashSet(StringComparer.Ordinal);
        var options = new WordDelimiterOptions
        {
            GenerateWordParts = Flag("generateWordParts", true),
            GenerateNumberParts = Flag("generateNumberParts", true),
            CatenateWords = Flag("catenateWords", false),
            CatenateNumbers = Flag("catenateNumbers", false),
            CatenateAll = Flag("catenateAll", false),
            SplitOnCaseChange = Flag("splitOnCaseChange", true),
            PreserveOriginal = Flag("preserveOriginal", false),
            SplitOnNumerics = Flag("splitOnNumerics", true),
            StemEnglishPossessive = Flag("stemEnglishPossessive", true),
            ProtectedWords = words,
        };
        json["protectedWords"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]);
        return options;

        bool Flag(string name, bool missing)
        {
            var value = item[name] switch
            {
                null => missing,
                JsonValue given when given.GetValueKind() is JsonValueKind.True or JsonValueKind.False => given.GetValue<bool>(),
                _ => throw ServiceException.InvalidDefinition($"The property '{name}' must be true or false.", "InvalidAnalysisComponent"),
            };
            json[name] = value;
            return value;
        }
    }

    private static EdgeNGramFilter EdgeNGram(string name, JsonObject item, JsonObject json)
    {
        var (min, max) = (Number("minGram", 1), Number("maxGram", 2));
        var side = item["side"]?.ToString() ?? "front";
        if (min < 1 || max > MaxGram || min >= max)
        {
            throw ServiceException.InvalidDefinition(
                $"The token filter '{name}' must have a 'minGram' of at least 1 that is less than its 'maxGram', which is at most "
                    + $"{MaxGram}.",
                "InvalidAnalysisComponent"
            );
        }

        if (side != "front")
        {
            throw ServiceException.NotImplemented($"edge n-grams from the side '{side}'");
        }

        json["side"] = side;
        return new EdgeNGramFilter(min, max);

        int Number(string property, int missing)
        {
            var value = item[property] switch
            {
                null => missing,
                JsonValue given when given.TryGetValue<int>(out var number) => number,
                _ => throw ServiceException.InvalidDefinition(
                    $"The property '{property}' must be a whole number.",
                    "InvalidAnalysisComponent"
                ),
            };
            json[property] = value;
            return value;
        }
    }

    private static MinimalEnglishFilter Stemmer(JsonObject item, JsonObject json)
    {
        var language = item["language"]?.ToString();
        json["language"] = language;
        return language == "minimalEnglish"
            ? new MinimalEnglishFilter()
            : throw ServiceException.NotImplemented($"the stemmer '{language}'");
    }
}
