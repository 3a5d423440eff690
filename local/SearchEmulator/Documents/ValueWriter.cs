using System.Globalization;
using System.Text.Json;
using SearchEmulator.Definitions;
using SearchEmulator.Http;
using SearchEmulator.Values;

namespace SearchEmulator.Documents;

/// <summary>Stored values to JSON. Every field asked for is present: null when unset, [] for an unset collection.</summary>
internal sealed class ValueWriter(Utf8JsonWriter json, VectorColumns vectors, bool omitUnset = false)
{
    public void WriteFields(Document document, FieldSelection selection) => WriteFields(document.Values, selection.Fields, document.Slot);

    private void WriteFields(object?[] values, IReadOnlyList<SelectedField> fields, int slot)
    {
        foreach (var selected in fields)
        {
            var field = selected.Field;
            var value = values[field.Ordinal];
            if (value is null && omitUnset)
            {
                continue;
            }

            json.WritePropertyName(field.Name);
            if (field.Type.IsVector)
            {
                WriteVector(value, field, slot);
            }
            else if (field.Type.IsCollection)
            {
                json.WriteStartArray();
                foreach (var item in ((ValueList?)value)?.Items ?? [])
                {
                    WriteOne(item, selected, slot);
                }

                json.WriteEndArray();
            }
            else
            {
                WriteOne(value, selected, slot);
            }
        }
    }

    private void WriteOne(object? value, SelectedField selected, int slot)
    {
        switch (value)
        {
            case object?[] complex:
                json.WriteStartObject();
                WriteFields(complex, selected.Children, slot);
                json.WriteEndObject();
                break;
            default:
                WriteSimple(json, value);
                break;
        }
    }

    public static void WriteSimple(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                JsonResponse.WriteDouble(json, number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case DateTimeOffset date:
                json.WriteStringValue(FormatDate(date));
                break;
            case GeoPoint point:
                WritePoint(json, point);
                break;
            default:
                throw new InvalidOperationException($"A value of type {value.GetType()} cannot be stored.");
        }
    }

    public static string FormatDate(DateTimeOffset date) =>
        date.ToString(
            date.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
            CultureInfo.InvariantCulture
        );

    private static void WritePoint(Utf8JsonWriter json, GeoPoint point)
    {
        json.WriteStartObject();
        json.WriteString("type", "Point");
        json.WriteStartArray("coordinates");
        JsonResponse.WriteDouble(json, point.Longitude);
        JsonResponse.WriteDouble(json, point.Latitude);
        json.WriteEndArray();
        json.WriteStartObject("crs");
        json.WriteString("type", "name");
        json.WriteStartObject("properties");
        json.WriteString("name", "EPSG:4326");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteVector(object? value, Field field, int slot)
    {
        json.WriteStartArray();
        if (value is not null)
        {
            foreach (var number in value is float[] own ? own : vectors[field.Name].Read(slot))
            {
                json.WriteNumberValue(number);
            }
        }

        json.WriteEndArray();
    }
}
