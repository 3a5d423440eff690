using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Images;

namespace Serverless.Ledger;

/// <summary>A description as one column of a record, limited to 32,768 characters.</summary>
internal static class StoredDescription
{
    /// <summary>Unescaped letters of any script: escaped, they would take six times the space.</summary>
    private static readonly StoredDescriptionJson Json = new(
        new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );

    public static string? ToText(ImageDescription? description) =>
        description is null ? null : JsonSerializer.Serialize(description, Json.ImageDescription);

    /// <summary>Null if the text is invalid.</summary>
    public static ImageDescription? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Json.ImageDescription) is { Sha256: not null } description ? description : null;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return null; // no JSON, or text that is not even valid UTF-16
        }
    }
}

[JsonSerializable(typeof(ImageDescription))]
internal sealed partial class StoredDescriptionJson : JsonSerializerContext;
