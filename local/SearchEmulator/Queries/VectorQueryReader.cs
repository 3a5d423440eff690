using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SearchEmulator.Http;

namespace SearchEmulator.Queries;

internal static class VectorQueryReader
{
    private const int MaxFields = 10;

    public static List<VectorQuery> ReadAll(JsonNode node) =>
        node is JsonArray list
            ? [.. list.Select(item => Read(item as JsonObject ?? throw Invalid("vectorQueries", "an array of objects")))]
            : throw Invalid("vectorQueries", "an array");

    private static VectorQuery Read(JsonObject json)
    {
        float[]? vector = null;
        List<string> fields = [];
        var k = SearchRequest.DefaultPage;
        var weight = 1f;
        VectorThreshold? threshold = null;
        foreach (var (name, value) in json)
        {
            if (value is null)
            {
                continue;
            }

            switch (name)
            {
                case "kind" when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() == "vector":
                case "exhaustive" when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                case "oversampling" when value.GetValueKind() == JsonValueKind.Number:
                    // Every search here is exhaustive and reads full precision: neither asks for anything more.
                    break;
                case "kind":
                    throw ServiceException.NotImplemented($"vector queries of the kind {value.ToJsonString()}");
                case "vector":
                    vector = ReadVector(value);
                    break;
                case "fields":
                    fields = RequestReader.Split(
                        value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : throw Invalid(name, "a string")
                    );
                    break;
                case "k":
                    k =
                        value is JsonValue number && number.TryGetValue<int>(out var given) && given > 0
                            ? given
                            : throw Invalid(name, "a whole number greater than 0");
                    break;
                case "weight":
                    weight =
                        value is JsonValue real && real.TryGetValue<float>(out var factor) && factor > 0
                            ? factor
                            : throw Invalid(name, "a number greater than 0");
                    break;
                case "threshold":
                    threshold = ReadThreshold(value);
                    break;
                case "filterOverride" or "perDocumentVectorLimit":
                    throw ServiceException.NotImplemented($"the property '{name}' of a vector query");
                default:
                    throw ServiceException.BadRequest(
                        $"The request is invalid. Details: parameters : The property '{name}' does not exist on type 'search.vectorQuery'."
                    );
            }
        }

        if (fields.Count is 0 or > MaxFields)
        {
            throw ServiceException.InvalidParameter(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A vector query must name between 1 and {MaxFields} fields; this one names {fields.Count}."
                ),
                "InvalidVectorQuery"
            );
        }

        return new VectorQuery(vector ?? throw Invalid("vector", "present"), fields, k, weight, threshold);
    }

    private static float[] ReadVector(JsonNode value)
    {
        if (value is not JsonArray list)
        {
            throw Invalid("vector", "an array of numbers");
        }

        var vector = new float[list.Count];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] =
                list[i] is JsonValue number && number.TryGetValue<float>(out var element) && float.IsFinite(element)
                    ? element
                    : throw Invalid("vector", "an array of finite numbers");
        }

        return vector;
    }

    private static VectorThreshold ReadThreshold(JsonNode value)
    {
        if (value is not JsonObject json || json["value"] is not JsonValue number || !number.TryGetValue<double>(out var floor))
        {
            throw Invalid("threshold", "an object with a kind and a value");
        }

        return json["kind"]?.ToString() switch
        {
            "vectorSimilarity" => new VectorThreshold(false, floor),
            "searchScore" => new VectorThreshold(true, floor),
            _ => throw Invalid("threshold.kind", "vectorSimilarity or searchScore"),
        };
    }

    private static ServiceException Invalid(string name, string expected) =>
        ServiceException.InvalidParameter(
            $"The request is invalid. Details: vectorQueries : The property '{name}' must be {expected}.",
            "InvalidVectorQuery"
        );
}
