using System.Text.Json.Nodes;
using SearchEmulator.Http;

namespace SearchEmulator.Definitions;

/// <summary>An index may grow fields; the fields it has can change only in what needs no rebuild.</summary>
internal static class DefinitionChange
{
    private static readonly HashSet<string> Changeable = new(StringComparer.Ordinal)
    {
        "retrievable",
        "searchAnalyzer",
        "synonymMaps",
        "fields",
    };

    /// <param name="mayBeOffline">Whether the request said `allowIndexDowntime=true`.</param>
    public static void Check(IndexDefinition current, IndexDefinition proposed, bool mayBeOffline)
    {
        CheckFields(current.Json["fields"]!.AsArray(), proposed.Json["fields"]!.AsArray(), string.Empty);
        foreach (var part in AnalysisSettings.Parts)
        {
            CheckAnalysis(part, current.Json[part] as JsonArray ?? [], proposed.Json[part] as JsonArray ?? [], mayBeOffline);
        }
    }

    /// <summary>Analyzers and their parts stay as they are; more of them come at the price of a moment without the index.</summary>
    private static void CheckAnalysis(string part, JsonArray current, JsonArray proposed, bool mayBeOffline)
    {
        var byName = proposed.OfType<JsonObject>().ToDictionary(Name, StringComparer.Ordinal);
        foreach (var existing in current.OfType<JsonObject>())
        {
            if (!byName.TryGetValue(Name(existing), out var changed) || !JsonNode.DeepEquals(existing, changed))
            {
                throw new ServiceException(
                    400,
                    "OperationNotAllowed",
                    $"Existing {part} cannot be changed or deleted: '{Name(existing)}'.",
                    "CannotChangeExistingAnalysisComponent"
                );
            }
        }

        if (proposed.Count > current.Count && !mayBeOffline)
        {
            throw new ServiceException(
                400,
                "OperationNotAllowed",
                "Index update not allowed because it would cause downtime. In order to add new analyzers, tokenizers, token filters, or "
                    + "character filters to an existing index, or modify its similarity settings, set the 'allowIndexDowntime' query "
                    + "parameter to 'true' in the index update request."
            );
        }
    }

    private static void CheckFields(JsonArray current, JsonArray proposed, string parent)
    {
        var byName = proposed.OfType<JsonObject>().ToDictionary(Name, StringComparer.Ordinal);
        foreach (var field in current.OfType<JsonObject>())
        {
            var path = parent + Name(field);
            if (!byName.TryGetValue(Name(field), out var changed))
            {
                throw ServiceException.InvalidDefinition(
                    $"Existing field(s) '{path}' cannot be deleted.",
                    "CannotDeleteExistingField",
                    "OperationNotAllowed"
                );
            }

            var differs = field
                .Select(property => property.Key)
                .Union(changed.Select(property => property.Key))
                .Any(property => !Changeable.Contains(property) && !JsonNode.DeepEquals(field[property], changed[property]));
            if (differs)
            {
                throw new ServiceException(
                    400,
                    "OperationNotAllowed",
                    $"Existing field '{path}' cannot be changed.",
                    "CannotChangeExistingField"
                );
            }

            if (field["fields"] is JsonArray children && changed["fields"] is JsonArray proposedChildren)
            {
                CheckFields(children, proposedChildren, path + "/");
            }
        }
    }

    private static string Name(JsonObject field) => field["name"]!.GetValue<string>();
}
