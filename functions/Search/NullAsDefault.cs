using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Search;

/// <summary>
/// Reads null as the default: a foreign document without a value must not break the listing of all others.
/// </summary>
internal sealed class NullAsDefault<T> : JsonConverter<T>
    where T : struct
{
    public override bool HandleNull => true;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? default : JsonSerializer.Deserialize<T>(ref reader);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value);
}
