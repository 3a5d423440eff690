using System.Text.Json;
using System.Text.Json.Nodes;
using SearchEmulator.Http;

namespace SearchEmulator.Indexes;

internal static class DefinitionWriter
{
    private static readonly string[] FieldsSince2024 = ["stored", "vectorEncoding"];

    public static void WriteContext(Utf8JsonWriter json, HttpRequest request, string path)
    {
        if (RequestHeaders.WantsMetadata(request))
        {
            json.WriteString("@odata.context", $"{RequestHeaders.ServiceAddress(request)}/{path}");
        }
    }

    /// <param name="properties">The properties to show; all of them when empty or `*`.</param>
    public static void Write(
        Utf8JsonWriter json,
        SearchIndex index,
        string version,
        HashSet<string> properties,
        HttpRequest? entityOf = null
    )
    {
        json.WriteStartObject();
        if (entityOf is not null)
        {
            WriteContext(json, entityOf, "$metadata#indexes/$entity");
        }

        var all = properties.Count == 0 || properties.Contains("*");
        if (all)
        {
            json.WriteString("@odata.etag", index.ETag);
        }

        var definition = Visible(index.Definition.Json, version);
        foreach (var (name, value) in definition)
        {
            if (all || properties.Contains(name))
            {
                json.WritePropertyName(name);
                WriteNode(json, value);
            }
        }

        json.WriteEndObject();
    }

    private static JsonObject Visible(JsonObject definition, string version)
    {
        if (ApiVersions.IsAtLeast(version, 2024, 5))
        {
            return definition;
        }

        var older = definition.DeepClone().AsObject();
        older.Remove("description");
        foreach (var field in older["fields"]!.AsArray())
        {
            Strip(field!.AsObject());
        }

        return older;
    }

    private static void Strip(JsonObject field)
    {
        foreach (var name in FieldsSince2024)
        {
            field.Remove(name);
        }

        foreach (var child in field["fields"]?.AsArray() ?? [])
        {
            Strip(child!.AsObject());
        }
    }

    private static void WriteNode(Utf8JsonWriter json, JsonNode? node)
    {
        if (node is null)
        {
            json.WriteNullValue();
        }
        else
        {
            node.WriteTo(json);
        }
    }
}
