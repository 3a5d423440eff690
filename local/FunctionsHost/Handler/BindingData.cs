using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionsHost.Handler;

/// <summary>
/// The rules by which the Functions host writes a value into an invocation: a string is encoded twice, a number is a
/// string, bytes are base64, and an object is an object.
/// </summary>
internal static class BindingData
{
    public static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonNode Text(string value) => JsonValue.Create(JsonSerializer.Serialize(value, Json));

    public static JsonNode Number(long value) => JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));

    public static JsonNode? Time(DateTimeOffset? value) => value is { } time ? JsonValue.Create(time) : null;

    public static JsonNode Bytes(ReadOnlySpan<byte> value) => JsonValue.Create(Convert.ToBase64String(value));

    public static JsonNode Texts(IEnumerable<KeyValuePair<string, string>> values) =>
        new JsonObject(values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}
