using System.Text.Json;
using SearchEmulator.Definitions;
using SearchEmulator.Http;
using SearchEmulator.Values;

namespace SearchEmulator.Documents;

internal enum ActionKind
{
    Upload,
    Merge,
    MergeOrUpload,
    Delete,
}

/// <summary>
/// One checked entry of a batch. Only <see cref="Given"/> ordinals were named by the client: a merge leaves the others alone.
/// </summary>
internal sealed record DocumentAction(ActionKind Kind, string Key, object?[] Values, bool[] Given, JsonElement Json)
{
    public static DocumentAction Read(JsonElement json, int number, IndexDefinition index, bool allowUnsafeKeys)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw ServiceException.InvalidAction(number, "Every action must be an object.");
        }

        var kind = ReadKind(json, number);
        var key = ReadKey(json, number, index.Key, kind == ActionKind.Delete || allowUnsafeKeys);
        var values = new object?[index.Fields.Count];
        var given = new bool[index.Fields.Count];
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name.StartsWith('@'))
            {
                continue;
            }

            var field = index.Find(property.Name) ?? throw ValueReader.UnknownProperty(property.Name);
            given[field.Ordinal] = true;
            values[field.Ordinal] = ValueReader.Read(property.Value, field, number);
        }

        return new DocumentAction(kind, key, values, given, json);
    }

    private static ActionKind ReadKind(JsonElement json, int number)
    {
        if (!json.TryGetProperty("@search.action", out var action) || action.ValueKind == JsonValueKind.Null)
        {
            return ActionKind.Upload;
        }

        return (action.ValueKind == JsonValueKind.String ? action.GetString() : action.GetRawText()) switch
        {
            "upload" => ActionKind.Upload,
            "merge" => ActionKind.Merge,
            "mergeOrUpload" => ActionKind.MergeOrUpload,
            "delete" => ActionKind.Delete,
            var other => throw ServiceException.InvalidAction(
                number,
                $"Invalid indexing action '{other}'. Supported actions: upload, merge, mergeOrUpload, delete."
            ),
        };
    }

    private static string ReadKey(JsonElement json, int number, Field keyField, bool anyCharacter)
    {
        if (
            !json.TryGetProperty(keyField.Name, out var value)
            || value.ValueKind == JsonValueKind.Null
            || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0)
        )
        {
            throw ServiceException.InvalidAction(number, "Document key cannot be missing or empty.\r\n");
        }

        var key = (string)ValueReader.Read(value, keyField, number)!;
        return DocumentKeys.Fault(key, anyCharacter) is { } fault
            ? throw ServiceException.InvalidAction(number, fault, "InvalidDocumentKey")
            : key;
    }
}
