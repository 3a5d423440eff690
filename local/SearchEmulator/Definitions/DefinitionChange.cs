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

    public static void Check(IndexDefinition current, IndexDefinition proposed) =>
        CheckFields(current.Json["fields"]!.AsArray(), proposed.Json["fields"]!.AsArray(), string.Empty);

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
