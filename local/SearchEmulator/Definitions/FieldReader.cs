using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SearchEmulator.Analysis;
using SearchEmulator.Http;

namespace SearchEmulator.Definitions;

/// <summary>Reads field definitions, fills in what was left out as the service does, and refuses what it refuses.</summary>
internal sealed class FieldReader(IReadOnlyDictionary<string, VectorMetric> profiles, AnalyzerSet analyzers)
{
    private const int MaxFields = 3000;
    private const int MaxDepth = 10;
    private const int MinDimensions = 2;
    private const int MaxDimensions = 4096;
    private int _count;

    public (IReadOnlyList<Field> Fields, JsonArray Json) Read(
        JsonArray given,
        string parentPath = "",
        bool withinCollection = false,
        int depth = 1
    )
    {
        if (depth > MaxDepth)
        {
            throw Invalid(
                parentPath,
                string.Create(CultureInfo.InvariantCulture, $"Complex fields cannot be nested deeper than {MaxDepth} levels.")
            );
        }

        var fields = new List<Field>();
        var json = new JsonArray();
        foreach (var node in given)
        {
            if (node is not JsonObject item)
            {
                throw ServiceException.InvalidDefinition("Every entry of 'fields' must be an object.", "InvalidField");
            }

            if (++_count > MaxFields)
            {
                throw ServiceException.InvalidDefinition(
                    string.Create(CultureInfo.InvariantCulture, $"An index cannot have more than {MaxFields} fields."),
                    "TooManyFields"
                );
            }

            var (field, filled) = ReadField(item, parentPath, fields.Count, withinCollection, depth);
            if (fields.Any(other => string.Equals(other.Name, field.Name, StringComparison.OrdinalIgnoreCase)))
            {
                throw Invalid(field.Path, $"There is more than one field named '{field.Name}'.");
            }

            fields.Add(field);
            json.Add((JsonNode)filled);
        }

        return (fields, json);
    }

    private (Field Field, JsonObject Json) ReadField(JsonObject given, string parentPath, int ordinal, bool withinCollection, int depth)
    {
        var name = Text(given, "name") ?? string.Empty;
        if (!Naming.IsFieldName(name))
        {
            throw ServiceException.InvalidDefinition(
                $"Invalid field name: '{name}'. A name has 1 to 128 letters, digits or underscores, starts with a letter, and does not "
                    + "start with 'azureSearch'.",
                "InvalidName"
            );
        }

        var path = parentPath.Length == 0 ? name : $"{parentPath}/{name}";
        var typeName = Text(given, "type") ?? string.Empty;
        if (!EdmType.TryParse(typeName, out var type))
        {
            throw Invalid(path, $"The field '{path}' has an unknown type '{typeName}'.");
        }

        return type.IsComplex
            ? ReadComplex(given, name, path, type, ordinal, withinCollection, depth)
            : ReadSimple(given, name, path, type, ordinal, withinCollection, depth);
    }

    private (Field Field, JsonObject Json) ReadComplex(
        JsonObject given,
        string name,
        string path,
        EdmType type,
        int ordinal,
        bool withinCollection,
        int depth
    )
    {
        if (given["fields"] is not JsonArray { Count: > 0 } list)
        {
            throw Invalid(path, $"The complex field '{path}' must have at least one sub-field.");
        }

        var (fields, fieldsJson) = Read(list, path, withinCollection || type.IsCollection, depth + 1);
        var json = new JsonObject { ["name"] = name, ["type"] = type.ToString() };
        KeepUnknown(given, json, "fields");
        json["fields"] = fieldsJson;
        return (new Field(name, path, type, ordinal) { Fields = fields, Retrievable = true }, json);
    }

    private (Field Field, JsonObject Json) ReadSimple(
        JsonObject given,
        string name,
        string path,
        EdmType type,
        int ordinal,
        bool withinCollection,
        int depth
    )
    {
        var isText = type.Kind == EdmKind.String;
        var isPlain = !type.IsVector;
        var key = Flag(given, "key", false);
        var stored = Flag(given, "stored", true);
        var field = new Field(name, path, type, ordinal)
        {
            Key = key,
            Searchable = Flag(given, "searchable", isText || type.IsVector),
            Filterable = Flag(given, "filterable", isPlain),
            Sortable = Flag(given, "sortable", isPlain && !type.IsCollection && !withinCollection),
            Facetable = Flag(given, "facetable", isPlain && type.Kind != EdmKind.GeographyPoint),
            Retrievable = Flag(given, "retrievable", stored),
            IndexAnalyzer = Text(given, "indexAnalyzer") ?? Text(given, "analyzer"),
            SearchAnalyzer = Text(given, "searchAnalyzer") ?? Text(given, "analyzer"),
            Normalizer = Text(given, "normalizer"),
            Dimensions = Number(given, "dimensions") ?? 0,
        };
        FieldRules.Check(field, given, withinCollection, depth);
        FieldRules.CheckText(field, given, analyzers);
        if (type.IsVector)
        {
            field = field with { Metric = CheckVector(field, given) };
        }

        return (field, Fill(field, given, stored));
    }

    private VectorMetric CheckVector(Field field, JsonObject given)
    {
        var profile = Text(given, "vectorSearchProfile");
        if (field.Dimensions == 0)
        {
            throw Invalid(
                field.Path,
                profile is null
                    ? $"The vector field '{field.Path}' must have the properties 'dimensions' and 'vectorSearchProfile' set."
                    : $"The vector field '{field.Path}' must have the property 'dimensions' set."
            );
        }

        if (field.Dimensions is < MinDimensions or > MaxDimensions)
        {
            throw Invalid(
                field.Path,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The vector field '{field.Path}' has {field.Dimensions} dimensions. It must have between {MinDimensions} and "
                        + $"{MaxDimensions}."
                )
            );
        }

        if (profile is null)
        {
            throw Invalid(field.Path, $"The vector field '{field.Path}' must have the property 'vectorSearchProfile' set.");
        }

        return profiles.TryGetValue(profile, out var metric)
            ? metric
            : throw ServiceException.InvalidDefinition(
                $"The field '{field.Path}' uses a vector search algorithm configuration '{profile}' which is not defined.",
                "UnknownVectorAlgorithmConfiguration"
            );
    }

    private static JsonObject Fill(Field field, JsonObject given, bool stored)
    {
        var json = new JsonObject
        {
            ["name"] = field.Name,
            ["type"] = field.Type.ToString(),
            ["searchable"] = field.Searchable,
            ["filterable"] = field.Filterable,
            ["retrievable"] = field.Retrievable,
            ["stored"] = stored,
            ["sortable"] = field.Sortable,
            ["facetable"] = field.Facetable,
            ["key"] = field.Key,
            ["indexAnalyzer"] = Text(given, "indexAnalyzer"),
            ["searchAnalyzer"] = Text(given, "searchAnalyzer"),
            ["analyzer"] = Text(given, "analyzer"),
            ["normalizer"] = field.Normalizer,
            ["dimensions"] = field.Type.IsVector ? field.Dimensions : null,
            ["vectorSearchProfile"] = Text(given, "vectorSearchProfile"),
            ["vectorEncoding"] = Text(given, "vectorEncoding"),
            ["synonymMaps"] = new JsonArray(),
        };
        KeepUnknown(given, json);
        return json;
    }

    private static void KeepUnknown(JsonObject given, JsonObject json, string except = "")
    {
        foreach (var (name, value) in given)
        {
            if (name != except && !json.ContainsKey(name))
            {
                json[name] = value?.DeepClone();
            }
        }
    }

    private static ServiceException Invalid(string path, string message) =>
        ServiceException.InvalidDefinition(message.Length > 0 ? message : path, "InvalidField");

    private static string? Text(JsonObject json, string name) =>
        json[name] switch
        {
            null => null,
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
            _ => throw ServiceException.InvalidDefinition($"The property '{name}' must be a string.", "InvalidField"),
        };

    private static bool Flag(JsonObject json, string name, bool missing) =>
        json[name] switch
        {
            null => missing,
            JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
            _ => throw ServiceException.InvalidDefinition($"The property '{name}' must be true or false.", "InvalidField"),
        };

    private static int? Number(JsonObject json, string name) =>
        json[name] switch
        {
            null => null,
            JsonValue value when value.TryGetValue<int>(out var number) => number,
            _ => throw ServiceException.InvalidDefinition($"The property '{name}' must be a whole number.", "InvalidField"),
        };
}
