using System.Text.Json;
using System.Text.Json.Nodes;
using SearchEmulator.Definitions;
using SearchEmulator.Documents;
using SearchEmulator.Errors;
using SearchEmulator.Http;
using SearchEmulator.Indexes;
using SearchEmulator.Values;

namespace SearchEmulator.Seeding;

/// <summary>All indexes in one JSON file: `{"indexes":[{"definition":{…},"documents":[…]}]}`. Made by export, read by import.</summary>
internal static class SeedFile
{
    private const int Portion = 1000;

    public static async Task ExportAsync(IndexCatalog catalog, Stream target)
    {
        await using var json = new Utf8JsonWriter(
            target,
            new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
        json.WriteStartObject();
        json.WriteStartArray("indexes");
        foreach (var index in catalog.All())
        {
            await WriteIndexAsync(json, index);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Creates the indexes that are not there yet and fills them; those that exist are left alone.</summary>
    public static IReadOnlyList<string> Import(IndexCatalog catalog, string path)
    {
        using var file = File.OpenRead(path);
        using var json = ReadFile(file, path);
        var imported = new List<string>();
        if (
            json.RootElement.ValueKind != JsonValueKind.Object
            || !json.RootElement.TryGetProperty("indexes", out var indexes)
            || indexes.ValueKind != JsonValueKind.Array
        )
        {
            throw new UsageException($"{path} has no array 'indexes'.");
        }

        foreach (var entry in indexes.EnumerateArray())
        {
            if (
                entry.ValueKind == JsonValueKind.Object
                && entry.TryGetProperty("definition", out var definition)
                && definition.ValueKind == JsonValueKind.Object
            )
            {
                ImportIndex(catalog, path, definition, entry, imported);
            }
            else
            {
                throw new UsageException($"{path} has an entry without a definition.");
            }
        }

        return imported;
    }

    private static void ImportIndex(IndexCatalog catalog, string path, JsonElement definition, JsonElement entry, List<string> imported)
    {
        try
        {
            var checkedDefinition = DefinitionReader.Read(JsonObject.Create(definition)!, null, strict: false);
            if (catalog.Find(checkedDefinition.Name) is not null)
            {
                return;
            }

            var index = catalog.Create(checkedDefinition);
            imported.Add(checkedDefinition.Name);
            if (entry.TryGetProperty("documents", out var documents))
            {
                foreach (var chunk in documents.EnumerateArray().Chunk(Portion))
                {
                    var actions = chunk
                        .Select((document, i) => DocumentAction.Read(document, i, checkedDefinition, allowUnsafeKeys: true))
                        .ToList();
                    index.Write(table => BatchExecutor.Decide(table, actions));
                }
            }
        }
        catch (ServiceException failure)
        {
            throw new UsageException($"{path} cannot be imported: {failure.Message}");
        }
    }

    private static JsonDocument ReadFile(Stream file, string path)
    {
        try
        {
            return JsonDocument.Parse(file);
        }
        catch (JsonException failure)
        {
            throw new UsageException($"{path} is not JSON: {failure.Message}");
        }
    }

    /// <summary>
    /// A portion at a time: neither the file nor the index has to fit into memory twice, and writers are not held up for long.
    /// </summary>
    private static async Task WriteIndexAsync(Utf8JsonWriter json, SearchIndex index)
    {
        json.WriteStartObject();
        json.WritePropertyName("definition");
        index.Definition.Json.WriteTo(json);
        json.WriteStartArray("documents");
        foreach (var keys in index.Read(table => table.Latest.Select(document => document.Key).ToList()).Chunk(Portion))
        {
            index.Read(table => WriteDocuments(json, table, keys));
            await json.FlushAsync();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static int WriteDocuments(Utf8JsonWriter json, DocumentTable table, string[] keys)
    {
        var everything = FieldSelection.Everything(table.Definition);
        var values = new ValueWriter(json, table.Vectors, omitUnset: true);
        foreach (var document in keys.Select(table.Find).OfType<Document>())
        {
            json.WriteStartObject();
            values.WriteFields(document, everything);
            json.WriteEndObject();
        }

        return keys.Length;
    }
}
