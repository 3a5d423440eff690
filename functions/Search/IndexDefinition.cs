using System.Text.Json.Nodes;
using Azure.Search.Documents.Indexes.Models;
using Serverless.Embeddings;

namespace Serverless.Search;

/// <summary>A field of the definition.</summary>
/// <param name="Dimensions">Length of its vectors; null if it is not a vector field.</param>
internal sealed record IndexField(string Name, string Type, int? Dimensions)
{
    /// <summary>The fields that older documents may lack. All but vectors are optional.</summary>
    public bool CanBeAdded => Dimensions is null;
}

/// <summary>
/// The definition in <c>index.json</c>, for one model. It has the placeholder <c>model</c> for the vector lengths and for the profile name,
/// which permanently identifies the index's model.
/// </summary>
internal sealed class IndexDefinition
{
    private const string Placeholder = "model";

    private readonly JsonObject json;

    private IndexDefinition(JsonObject json, string profile) => (this.json, Profile) = (json, profile);

    public string Name => json["name"]!.GetValue<string>();

    public string Profile { get; }

    public IEnumerable<IndexField> Fields =>
        json["fields"]!
            .AsArray()
            .Select(item => new IndexField(
                item!["name"]!.GetValue<string>(),
                item["type"]!.GetValue<string>(),
                item["dimensions"]?.GetValue<int>()
            ));

    public static IndexDefinition Of(string name, EmbeddingModel model) => Of(name, model, Resource("index.json").AsObject(), null);

    /// <summary>The same fields for pages and tiles, and theirs besides (<c>parts.json</c>); but no vector for copies.</summary>
    /// <param name="lines">Length of the vectors of strokes.</param>
    public static IndexDefinition OfParts(string name, EmbeddingModel model, int lines)
    {
        var json = Resource("index.json").AsObject();
        var fields = json["fields"]!.AsArray();
        fields.Remove(fields.First(field => NameOf(field) == ImageDocument.CopyDescriptorField));
        foreach (var field in Resource("parts.json").AsArray())
        {
            fields.Add(field!.DeepClone());
        }

        return Of(name, model, json, lines);
    }

    private static JsonNode Resource(string name)
    {
        using var file = typeof(IndexDefinition).Assembly.GetManifestResourceStream(name)!;
        return JsonNode.Parse(file)!;
    }

    private static IndexDefinition Of(string name, EmbeddingModel model, JsonObject json, int? lines)
    {
        var profile = ProfileOf(model);
        json["name"] = name;
        json["vectorSearch"]!["profiles"]![0]!["name"] = profile;
        var fields = json["fields"]!.AsArray();
        foreach (var field in fields.Select(field => field!.AsObject()).Where(field => field["vectorSearchProfile"] is not null).ToList())
        {
            var dimensions = NameOf(field) switch
            {
                ImageDocument.CopyDescriptorField => model.CopyDescriptorDimensions,
                ImageDocument.LinesField => lines,
                _ => model.Dimensions,
            };
            if (dimensions is null)
            {
                fields.Remove(field);
                continue;
            }

            field["dimensions"] = dimensions;
            field["vectorSearchProfile"] = profile;
        }

        return new IndexDefinition(json, profile);
    }

    /// <summary>Whether it has fields that an index does not.</summary>
    public bool IsMoreThan(SearchIndex index) => Fields.Any(wanted => index.Fields.All(field => field.Name != wanted.Name));

    /// <summary>The service's definition, extended by this one's missing parts. Existing parts are unchanged.</summary>
    public BinaryData Extend(BinaryData existing)
    {
        var extended = JsonNode.Parse(existing)!.AsObject();
        extended.Remove("@odata.context");
        extended.Remove("@odata.etag");
        foreach (var part in new[] { "fields", "analyzers", "tokenFilters" })
        {
            var list = extended[part] as JsonArray ?? [];
            var names = list.Select(NameOf).ToHashSet(StringComparer.Ordinal);
            foreach (var item in json[part]!.AsArray().Where(item => !names.Contains(NameOf(item))))
            {
                list.Add(item!.DeepClone());
            }

            extended[part] = list.Parent is null ? list : extended[part];
        }

        extended["semantic"] ??= json["semantic"]!.DeepClone();
        return BinaryData.FromString(extended.ToJsonString());
    }

    private static string NameOf(JsonNode? item) => item!["name"]!.GetValue<string>();

    public BinaryData ToJson() => BinaryData.FromString(json.ToJsonString());

    /// <summary>Model name and abbreviated revision, in the characters allowed for a profile name.</summary>
    private static string ProfileOf(EmbeddingModel model)
    {
        var name = new string([.. model.Name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]).Trim(
            '-'
        );
        var shown = name.Length == 0 ? Placeholder : name[..Math.Min(name.Length, 100)];
        return $"{shown}-{model.Revision[..Math.Min(model.Revision.Length, 12)]}";
    }
}
