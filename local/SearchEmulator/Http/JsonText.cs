using System.Text.Json;
using System.Text.Unicode;

namespace SearchEmulator.Http;

internal static class JsonText
{
    /// <summary>
    /// The JSON reader puts off decoding strings until they are asked for, and fails then. Text that is no Unicode (broken UTF-8, half of
    /// a surrogate pair) is better refused before anything is done with it.
    /// </summary>
    public static void RequireValid(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new JsonException("The body is not valid UTF-8.");
        }

        if (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped && !IsUnicode(ref reader))
            {
                throw new JsonException("A string is not valid Unicode: it holds half of a surrogate pair.");
            }
        }
    }

    private static bool IsUnicode(ref Utf8JsonReader reader)
    {
        try
        {
            reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
