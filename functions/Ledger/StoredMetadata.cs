using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Imaging.Metadata;

namespace Serverless.Ledger;

/// <summary>Embedded metadata as one column of a record.</summary>
internal static class StoredMetadata
{
    /// <summary>A column holds 32,768 characters.</summary>
    private const int MostCharacters = 30_000;

    /// <summary>Unescaped letters of any script: escaped, they would take six times the space.</summary>
    private static readonly StoredMetadataJson Json = new(
        new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );

    /// <summary>Null if there is nothing to store. If a column cannot hold everything, the longest parts are cut.</summary>
    public static string? ToText(EmbeddedMetadata? metadata)
    {
        if (metadata is null || metadata == EmbeddedMetadata.None)
        {
            return null;
        }

        var text = Serialize(metadata);
        while (text.Length > MostCharacters)
        {
            metadata = Cut(metadata);
            text = Serialize(metadata);
        }

        return text;
    }

    /// <summary>Null if it is empty.</summary>
    /// <exception cref="JsonException">The text is not valid JSON of metadata.</exception>
    public static EmbeddedMetadata? Parse(string text)
    {
        var metadata = JsonSerializer.Deserialize(text, Json.EmbeddedMetadata);
        return metadata == EmbeddedMetadata.None ? null : metadata;
    }

    private static string Serialize(EmbeddedMetadata metadata) => JsonSerializer.Serialize(metadata, Json.EmbeddedMetadata);

    /// <summary>Halves the keywords, or the longest text.</summary>
    private static EmbeddedMetadata Cut(EmbeddedMetadata metadata)
    {
        if (metadata.Keywords is { Count: > 1 } keywords)
        {
            return metadata with { Keywords = [.. keywords.Take(keywords.Count / 2)] };
        }

        string?[] texts = [metadata.Title, metadata.Description, metadata.Headline, metadata.Text, metadata.Creator, metadata.Copyright];
        var longest = texts.Max(text => text?.Length ?? 0);
        string? Half(string? text) => text?.Length == longest ? text[..(longest / 2)].TrimEnd() : text;
        return metadata with
        {
            Title = Half(metadata.Title),
            Description = Half(metadata.Description),
            Headline = Half(metadata.Headline),
            Text = Half(metadata.Text),
            Creator = Half(metadata.Creator),
            Copyright = Half(metadata.Copyright),
        };
    }
}

[JsonSerializable(typeof(EmbeddedMetadata))]
internal sealed partial class StoredMetadataJson : JsonSerializerContext;
