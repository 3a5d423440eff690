using System.Text.Json;
using SearchEmulator.Definitions;

namespace SearchEmulator.Documents;

/// <summary>Fields named in the patch replace those of the document; null clears; complex values merge sub-field by sub-field.</summary>
internal static class Merge
{
    public static object?[] Apply(object?[] current, DocumentAction patch, IndexDefinition index)
    {
        var merged = (object?[])current.Clone();
        foreach (var field in index.Fields)
        {
            if (patch.Given[field.Ordinal])
            {
                patch.Json.TryGetProperty(field.Name, out var json);
                merged[field.Ordinal] = Combine(current[field.Ordinal], patch.Values[field.Ordinal], json, field);
            }
        }

        return merged;
    }

    private static object? Combine(object? current, object? patch, JsonElement json, Field field)
    {
        if (field.Type.IsCollection || current is not object?[] old || patch is not object?[] changes)
        {
            return patch;
        }

        var merged = (object?[])old.Clone();
        foreach (var child in field.Fields)
        {
            if (json.TryGetProperty(child.Name, out var childJson))
            {
                merged[child.Ordinal] = Combine(old[child.Ordinal], changes[child.Ordinal], childJson, child);
            }
        }

        return merged;
    }
}
