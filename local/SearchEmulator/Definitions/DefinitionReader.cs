using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SearchEmulator.Http;

namespace SearchEmulator.Definitions;

internal static class DefinitionReader
{
    private static readonly string[] KnownProperties =
    [
        "@odata.context",
        "@odata.etag",
        "name",
        "description",
        "defaultScoringProfile",
        "fields",
        "scoringProfiles",
        "corsOptions",
        "suggesters",
        "analyzers",
        "normalizers",
        "tokenizers",
        "tokenFilters",
        "charFilters",
        "encryptionKey",
        "similarity",
        "semantic",
        "semanticSearch",
        "vectorSearch",
        "permissionFilterOption",
        "purviewEnabled",
    ];

    public static IndexDefinition Read(JsonObject given, string? nameFromUrl, bool strict)
    {
        var name =
            given["name"] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : nameFromUrl;
        if (name is null || !Naming.IsIndexName(name))
        {
            throw ServiceException.InvalidDefinition(
                $"Invalid index name: '{name}'. A name has 2 to 128 lowercase letters, digits, dashes or underscores, starts and ends "
                    + "with a letter or digit, and has no two dashes or underscores in a row.",
                "InvalidName"
            );
        }

        if (nameFromUrl is not null && nameFromUrl != name)
        {
            throw ServiceException.InvalidDefinition(
                $"The index name '{name}' in the body does not match the name '{nameFromUrl}' in the URL.",
                "IndexNameMismatch"
            );
        }

        if (strict && given.Select(property => property.Key).FirstOrDefault(property => !KnownProperties.Contains(property)) is { } unknown)
        {
            throw ServiceException.BadRequest(
                $"The request is invalid. Details: definition : The property '{unknown}' does not exist on type 'search.index'."
            );
        }

        RefuseUnsupported(given);
        var analysis = AnalysisSettings.Read(given);
        var (vectorSearch, profiles) = VectorSettings.Read(given["vectorSearch"]);
        if (given["fields"] is not JsonArray list)
        {
            throw ServiceException.InvalidDefinition("The property 'fields' must be an array of fields.", "InvalidField");
        }

        var (fields, fieldsJson) = new FieldReader(profiles, analysis.Analyzers).Read(list);
        var keys = fields.Count(field => field.Key);
        if (keys != 1)
        {
            throw ServiceException.InvalidDefinition(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Found {keys} key fields in index '{name}'. Each index must have exactly one key field."
                ),
                "InvalidKeyField"
            );
        }

        return Build(name, fields, Fill(given, name, (fieldsJson, vectorSearch, analysis)), analysis);
    }

    /// <summary>Takes the filled definition as it was stored.</summary>
    public static IndexDefinition Reload(JsonObject stored)
    {
        var (_, profiles) = VectorSettings.Read(stored["vectorSearch"]);
        var analysis = AnalysisSettings.Read(stored);
        var (fields, _) = new FieldReader(profiles, analysis.Analyzers).Read(stored["fields"]!.AsArray());
        return Build(stored["name"]!.GetValue<string>(), fields, stored, analysis);
    }

    private static IndexDefinition Build(string name, IReadOnlyList<Field> fields, JsonObject json, AnalysisSettings analysis) =>
        new(name, fields, json)
        {
            Bm25K1 = Number(json["similarity"]?["k1"]) ?? 1.2,
            Bm25B = Number(json["similarity"]?["b"]) ?? 0.75,
            Analyzers = analysis.Analyzers,
        };

    private static double? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;

    /// <summary>What would change results and is not reproduced is refused here; what only its own routes use is stored.</summary>
    private static void RefuseUnsupported(JsonObject given)
    {
        if (given["encryptionKey"] is JsonObject)
        {
            throw ServiceException.NotImplemented("customer-managed encryption keys");
        }

        if (given["permissionFilterOption"] is JsonValue permissions && permissions.ToString() != "disabled")
        {
            throw ServiceException.NotImplemented("permission filters");
        }

        if (given["defaultScoringProfile"] is JsonValue)
        {
            throw ServiceException.NotImplemented("scoring profiles");
        }

        if (
            given["similarity"]?["@odata.type"]?.GetValue<string>() is { } similarity
            && !similarity.EndsWith(".BM25Similarity", StringComparison.Ordinal)
        )
        {
            throw ServiceException.NotImplemented($"the similarity {similarity}");
        }
    }

    private static JsonObject Fill(
        JsonObject given,
        string name,
        (JsonArray Fields, JsonObject? VectorSearch, AnalysisSettings Analysis) read
    )
    {
        var json = new JsonObject
        {
            ["name"] = name,
            ["description"] = Copy(given, "description"),
            ["defaultScoringProfile"] = null,
            ["fields"] = read.Fields,
            ["scoringProfiles"] = Copy(given, "scoringProfiles") ?? new JsonArray(),
            ["corsOptions"] = Copy(given, "corsOptions"),
            ["suggesters"] = Copy(given, "suggesters") ?? new JsonArray(),
            ["analyzers"] = read.Analysis.AnalyzersJson,
            ["normalizers"] = new JsonArray(),
            ["tokenizers"] = new JsonArray(),
            ["tokenFilters"] = read.Analysis.TokenFiltersJson,
            ["charFilters"] = new JsonArray(),
            ["encryptionKey"] = null,
            ["similarity"] = FillSimilarity(given),
            ["semantic"] = Copy(given, "semantic"),
            ["vectorSearch"] = read.VectorSearch,
        };
        foreach (var (property, value) in given)
        {
            if (!property.StartsWith('@') && !json.ContainsKey(property))
            {
                json[property] = value?.DeepClone();
            }
        }

        return json;
    }

    private static JsonObject FillSimilarity(JsonObject given)
    {
        var similarity = given["similarity"]?.DeepClone() as JsonObject ?? [];
        similarity.TryAdd("@odata.type", "#Microsoft.Azure.Search.BM25Similarity");
        similarity.TryAdd("k1", null);
        similarity.TryAdd("b", null);
        return similarity;
    }

    private static JsonNode? Copy(JsonObject given, string name) => given[name]?.DeepClone();
}
