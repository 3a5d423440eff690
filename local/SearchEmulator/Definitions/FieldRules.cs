using System.Text.Json.Nodes;
using SearchEmulator.Analysis;
using SearchEmulator.Http;

namespace SearchEmulator.Definitions;

/// <summary>Which attributes go with which type.</summary>
internal static class FieldRules
{
    public static void Check(Field field, JsonObject given, bool withinCollection, int depth)
    {
        var isStored = given["stored"]?.GetValue<bool>() ?? true;
        var type = field.Type;
        if (field.Key && (type != new EdmType(EdmKind.String, false) || depth > 1))
        {
            throw Invalid($"The key field '{field.Path}' must be a top-level field of type Edm.String.");
        }

        if (field.Key && !field.Retrievable)
        {
            throw Invalid($"The key field '{field.Path}' must be retrievable.");
        }

        if (!isStored && field.Retrievable)
        {
            throw Invalid($"The field '{field.Path}' is not stored. A retrievable field must be stored.");
        }

        if (field.Searchable && type.Kind != EdmKind.String && !type.IsVector)
        {
            throw Invalid(
                $"The field '{field.Path}' of type {type} cannot be searchable. Only strings, collections of strings and vectors can."
            );
        }

        if (field.Sortable && (type.IsCollection || withinCollection))
        {
            throw Invalid($"The field '{field.Path}' cannot be sortable because it has more than one value per document.");
        }

        if (field.Facetable && type.Kind == EdmKind.GeographyPoint)
        {
            throw Invalid($"The field '{field.Path}' of type {type} cannot be facetable.");
        }

        if (type.IsVector)
        {
            CheckVector(field, depth);
        }
        else if (given["dimensions"] is not null || given["vectorSearchProfile"] is not null)
        {
            throw Invalid(
                $"The field '{field.Path}' of type {type} is not a vector field and cannot have 'dimensions' or 'vectorSearchProfile'."
            );
        }
    }

    private static void CheckVector(Field field, int depth)
    {
        if (depth > 1)
        {
            throw Invalid($"The vector field '{field.Path}' must be a top-level field.");
        }

        if (!field.Searchable)
        {
            throw Invalid($"The vector field '{field.Path}' must be searchable.");
        }

        if (field.Filterable || field.Sortable || field.Facetable)
        {
            throw Invalid($"The vector field '{field.Path}' cannot be filterable, sortable or facetable.");
        }
    }

    public static void CheckText(Field field, JsonObject given, AnalyzerSet analyzers)
    {
        if (given["analyzer"] is not null && (given["indexAnalyzer"] is not null || given["searchAnalyzer"] is not null))
        {
            throw Invalid(
                $"The field '{field.Path}' has both 'analyzer' and one of 'indexAnalyzer' and 'searchAnalyzer'. They exclude each other."
            );
        }

        if ((given["indexAnalyzer"] is null) != (given["searchAnalyzer"] is null))
        {
            throw Invalid($"The field '{field.Path}' must have both 'indexAnalyzer' and 'searchAnalyzer', or neither.");
        }

        foreach (var name in new[] { field.IndexAnalyzer, field.SearchAnalyzer }.OfType<string>())
        {
            if (!field.Searchable || field.Type.Kind != EdmKind.String)
            {
                throw Invalid($"The field '{field.Path}' has an analyzer but is not a searchable string.");
            }

            if (analyzers.Find(name) is null)
            {
                throw ServiceException.NotImplemented($"the analyzer '{name}' (it has: {string.Join(", ", analyzers.Names)})");
            }
        }

        if (field.Normalizer is not null)
        {
            throw ServiceException.NotImplemented($"normalizers (the field '{field.Path}' has '{field.Normalizer}')");
        }

        if (given["synonymMaps"] is JsonArray { Count: > 0 })
        {
            throw ServiceException.NotImplemented("synonym maps");
        }
    }

    private static ServiceException Invalid(string message) => ServiceException.InvalidDefinition(message, "InvalidField");
}
