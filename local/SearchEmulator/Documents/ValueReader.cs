using System.Globalization;
using System.Text.Json;
using SearchEmulator.Definitions;
using SearchEmulator.Http;
using SearchEmulator.Values;

namespace SearchEmulator.Documents;

/// <summary>JSON to stored values, by the type of the field.</summary>
internal static class ValueReader
{
    public static object? Read(JsonElement json, Field field, int action)
    {
        if (field.Type.IsVector)
        {
            return json.ValueKind == JsonValueKind.Null ? null : ReadVector(json, field, action);
        }

        if (!field.Type.IsCollection)
        {
            return ReadOne(json, field, action);
        }

        if (json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (json.ValueKind != JsonValueKind.Array)
        {
            throw Mismatch(json, field, field.Type.ToString());
        }

        var items = new object[json.GetArrayLength()];
        var i = 0;
        foreach (var item in json.EnumerateArray())
        {
            items[i++] =
                ReadOne(item, field, action)
                ?? throw ServiceException.InvalidAction(
                    action,
                    $"The collection field '{field.Path}' holds a null. Collections cannot contain null values."
                );
        }

        return items.Length == 0 ? ValueList.Empty : new ValueList(items);
    }

    private static object? ReadOne(JsonElement json, Field field, int action)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return field.Type.Kind switch
        {
            EdmKind.String when json.ValueKind == JsonValueKind.String => json.GetString(),
            EdmKind.Boolean when json.ValueKind is JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
            EdmKind.Int32 when json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number) => (long)number,
            EdmKind.Int64 when json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var number) => number,
            EdmKind.Double when ReadDouble(json) is { } number => number,
            EdmKind.DateTimeOffset when json.ValueKind == JsonValueKind.String && ReadDate(json.GetString()!) is { } date => date,
            EdmKind.GeographyPoint when ReadPoint(json) is { } point => point,
            EdmKind.ComplexType when json.ValueKind == JsonValueKind.Object => ReadComplex(json, field, action),
            _ => throw Mismatch(json, field, field.Type.Element.ToString()),
        };
    }

    public static object?[] ReadComplex(JsonElement json, Field field, int action)
    {
        var values = new object?[field.Fields.Count];
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name.StartsWith('@'))
            {
                continue;
            }

            var child = field.Find(property.Name) ?? throw UnknownProperty(property.Name);
            values[child.Ordinal] = Read(property.Value, child, action);
        }

        return values;
    }

    public static ServiceException UnknownProperty(string name) =>
        ServiceException.BadRequest(
            $"The request is invalid. Details: parameters : The property '{name}' does not exist on type 'search.documentFields'. Make "
                + "sure to only use property names that are defined by the type."
        );

    public static double? ReadDouble(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Number => json.GetDouble(),
            JsonValueKind.String => json.GetString() switch
            {
                "INF" => double.PositiveInfinity,
                "-INF" => double.NegativeInfinity,
                "NaN" => double.NaN,
                _ => null,
            },
            _ => null,
        };

    /// <summary>A date needs a time and an offset, as Edm.DateTimeOffset does; it is kept as UTC.</summary>
    public static DateTimeOffset? ReadDate(string text)
    {
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return
            text.Contains('T', StringComparison.OrdinalIgnoreCase)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, styles, out var date)
            && HasOffset(text)
            ? date.ToUniversalTime()
            : null;
    }

    private static bool HasOffset(string text) => text[^1] is 'Z' or 'z' || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');

    private static float[] ReadVector(JsonElement json, Field field, int action)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            throw Mismatch(json, field, field.Type.ToString());
        }

        // Packed bits come eight to an element: the list is shorter than the dimensions say.
        var expected = field.Metric == VectorMetric.Hamming ? (field.Dimensions + 7) / 8 : field.Dimensions;
        var length = json.GetArrayLength();
        if (length != expected)
        {
            throw ServiceException.InvalidAction(
                action,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"There's a mismatch in vector dimensions. The vector field '{field.Path}', with dimension of '{field.Dimensions}', "
                        + $"expects a length of '{expected}'. However, the provided vector has a length of '{length}'. Please ensure "
                        + $"that the vector length matches the expected length of the vector field. Read the following documentation for "
                        + $"more details: https://aka.ms/vector-search-overview."
                )
            );
        }

        var vector = new float[length];
        var i = 0;
        foreach (var item in json.EnumerateArray())
        {
            if (
                item.ValueKind != JsonValueKind.Number
                || !item.TryGetSingle(out var value)
                || !float.IsFinite(value)
                || !Fits(value, field.Type.Kind)
            )
            {
                throw Mismatch(item, field, field.Type.Element.ToString());
            }

            vector[i++] = field.Type.Kind == EdmKind.Half ? (float)(Half)value : value;
        }

        return vector;
    }

    private static bool Fits(float value, EdmKind kind) =>
        kind switch
        {
            EdmKind.SByte => value is >= sbyte.MinValue and <= sbyte.MaxValue && float.IsInteger(value),
            EdmKind.Byte => value is >= byte.MinValue and <= byte.MaxValue && float.IsInteger(value),
            EdmKind.Int16 => value is >= short.MinValue and <= short.MaxValue && float.IsInteger(value),
            EdmKind.Half => Half.IsFinite((Half)value),
            _ => true,
        };

    private static GeoPoint? ReadPoint(JsonElement json)
    {
        if (
            json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("type", out var type)
            || type.ValueKind != JsonValueKind.String
            || type.GetString() != "Point"
            || !json.TryGetProperty("coordinates", out var list)
            || list.ValueKind != JsonValueKind.Array
            || list.GetArrayLength() < 2
            || list[0].ValueKind != JsonValueKind.Number
            || list[1].ValueKind != JsonValueKind.Number
        )
        {
            return null;
        }

        var point = new GeoPoint(list[0].GetDouble(), list[1].GetDouble());
        return point.Longitude is >= -180 and <= 180 && point.Latitude is >= -90 and <= 90 ? point : null;
    }

    private static ServiceException Mismatch(JsonElement json, Field field, string type)
    {
        const int longest = 100;
        var text = json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText();
        text = text.Length > longest ? text[..longest] + "…" : text;
        return ServiceException.BadRequest(
            $"The request is invalid. Details: parameters : Cannot convert the value '{text}' of the property '{field.Path}' to the "
                + $"expected type '{type}'."
        );
    }
}
