using System.Globalization;
using System.Text.Json.Nodes;
using SearchEmulator.Http;

namespace SearchEmulator.Definitions;

/// <summary>The `vectorSearch` part of a definition: profiles by name, each leading to an algorithm and its metric.</summary>
internal static class VectorSettings
{
    private const int DefaultM = 4;
    private const int DefaultEfConstruction = 400;
    private const int DefaultEfSearch = 500;

    public static (JsonObject? Json, Dictionary<string, VectorMetric> Profiles) Read(JsonNode? given)
    {
        var profiles = new Dictionary<string, VectorMetric>(StringComparer.Ordinal);
        if (given is not JsonObject settings)
        {
            return (null, profiles);
        }

        var json = settings.DeepClone().AsObject();
        var algorithms = new Dictionary<string, VectorMetric>(StringComparer.Ordinal);
        foreach (var algorithm in List(json, "algorithms"))
        {
            algorithms[RequiredName(algorithm, "algorithms")] = FillAlgorithm(algorithm);
        }

        foreach (var profile in List(json, "profiles"))
        {
            var name = RequiredName(profile, "profiles");
            var algorithm = profile["algorithm"]?.GetValue<string>() ?? string.Empty;
            profiles[name] = algorithms.TryGetValue(algorithm, out var metric)
                ? metric
                : throw ServiceException.InvalidDefinition(
                    $"The vector search profile '{name}' uses the algorithm configuration '{algorithm}' which is not defined.",
                    "UnknownVectorAlgorithmConfiguration"
                );
            profile.TryAdd("vectorizer", null);
            profile.TryAdd("compression", null);
        }

        json.TryAdd("vectorizers", new JsonArray());
        json.TryAdd("compressions", new JsonArray());
        return (json, profiles);
    }

    private static VectorMetric FillAlgorithm(JsonObject algorithm)
    {
        var kind = algorithm["kind"]?.GetValue<string>();
        switch (kind)
        {
            case "hnsw":
                var hnsw = Parameters(algorithm, "hnswParameters");
                var metric = FillMetric(hnsw);
                FillNumber(hnsw, "m", DefaultM, 4, 10);
                FillNumber(hnsw, "efConstruction", DefaultEfConstruction, 100, 1000);
                FillNumber(hnsw, "efSearch", DefaultEfSearch, 100, 1000);
                algorithm["exhaustiveKnnParameters"] = null;
                return metric;
            case "exhaustiveKnn":
                var exhaustive = Parameters(algorithm, "exhaustiveKnnParameters");
                algorithm["hnswParameters"] = null;
                return FillMetric(exhaustive);
            default:
                throw ServiceException.InvalidDefinition(
                    $"The vector search algorithm kind '{kind}' is not valid. Supported kinds: hnsw, exhaustiveKnn.",
                    "InvalidVectorSearchAlgorithm"
                );
        }
    }

    private static JsonObject Parameters(JsonObject algorithm, string name)
    {
        if (algorithm[name] is not JsonObject parameters)
        {
            algorithm[name] = parameters = [];
        }

        return parameters;
    }

    private static VectorMetric FillMetric(JsonObject parameters)
    {
        var name = parameters["metric"]?.GetValue<string>() ?? "cosine";
        parameters["metric"] = name;
        return name switch
        {
            "cosine" => VectorMetric.Cosine,
            "dotProduct" => VectorMetric.DotProduct,
            "euclidean" => VectorMetric.Euclidean,
            "hamming" => VectorMetric.Hamming,
            _ => throw ServiceException.InvalidDefinition(
                $"The vector metric '{name}' is not valid. Supported metrics: cosine, dotProduct, euclidean, hamming.",
                "InvalidVectorSearchAlgorithm"
            ),
        };
    }

    private static void FillNumber(JsonObject parameters, string name, int missing, int least, int most)
    {
        var value = parameters[name] is JsonValue given && given.TryGetValue<int>(out var number) ? number : missing;
        if (value < least || value > most)
        {
            throw ServiceException.InvalidDefinition(
                string.Create(CultureInfo.InvariantCulture, $"The parameter '{name}' is {value}. It must be between {least} and {most}."),
                "InvalidVectorSearchAlgorithm"
            );
        }

        parameters[name] = value;
    }

    private static IEnumerable<JsonObject> List(JsonObject parent, string name)
    {
        if (parent[name] is not JsonArray list)
        {
            parent[name] = list = [];
        }

        return list.OfType<JsonObject>();
    }

    private static string RequiredName(JsonObject item, string list) =>
        item["name"]?.GetValue<string>() is { Length: > 0 } name
            ? name
            : throw ServiceException.InvalidDefinition(
                $"Every entry of vectorSearch.{list} must have a name.",
                "InvalidVectorSearchAlgorithm"
            );
}
