using System.Globalization;
using System.Text.Json;
using SearchEmulator.Definitions;
using SearchEmulator.Documents;
using SearchEmulator.Values;

namespace SearchEmulator.Queries;

/// <summary>Counts over all matches, whatever page is shown. A document counts once per value, however often it holds it.</summary>
internal static class Facets
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<FacetRequest> facets, DocumentTable table, IReadOnlyList<Hit> hits)
    {
        json.WriteStartObject("@search.facets");
        foreach (var facet in facets.OrderBy(facet => facet.Field.Path, StringComparer.Ordinal))
        {
            json.WriteStartArray(facet.Field.Path);
            if (facet.Bounds.Count > 0)
            {
                WriteRanges(json, facet, table, hits);
            }
            else
            {
                WriteValues(json, facet, table, hits);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, FacetRequest facet, DocumentTable table, IReadOnlyList<Hit> hits)
    {
        var counts = new Dictionary<object, long>();
        foreach (var value in DistinctValues(facet, table, hits, value => facet.Interval?.Start(value) ?? value))
        {
            counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        foreach (var (value, count) in Sort(counts, facet).Take(facet.Count))
        {
            json.WriteStartObject();
            json.WriteNumber("count", count);
            json.WritePropertyName("value");
            ValueWriter.WriteSimple(json, value);
            json.WriteEndObject();
        }
    }

    private static IEnumerable<KeyValuePair<object, long>> Sort(Dictionary<object, long> counts, FacetRequest facet)
    {
        var byValue = counts.OrderBy(pair => pair.Key, Comparer<object>.Create(CompareValues));
        if (facet.Interval is not null)
        {
            return byValue;
        }

        return facet.Sort switch
        {
            "value" => byValue,
            "-value" => byValue.Reverse(),
            "-count" => byValue.OrderBy(pair => pair.Value),
            _ => byValue.OrderByDescending(pair => pair.Value),
        };
    }

    private static void WriteRanges(Utf8JsonWriter json, FacetRequest facet, DocumentTable table, IReadOnlyList<Hit> hits)
    {
        var bounds = facet.Bounds.Order(Comparer<object>.Create(CompareValues)).ToList();
        var counts = new long[bounds.Count + 1];
        foreach (var range in DistinctValues(facet, table, hits, value => bounds.Count(bound => CompareValues(bound, value) <= 0)))
        {
            counts[(int)range]++;
        }

        for (var range = 0; range < counts.Length; range++)
        {
            json.WriteStartObject();
            json.WriteNumber("count", counts[range]);
            if (range > 0)
            {
                WriteBound(json, "from", bounds[range - 1]);
            }

            if (range < bounds.Count)
            {
                WriteBound(json, "to", bounds[range]);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteBound(Utf8JsonWriter json, string name, object bound)
    {
        if (bound is DateTimeOffset date)
        {
            json.WriteString(name, date.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WritePropertyName(name);
            ValueWriter.WriteSimple(json, bound);
        }
    }

    private static IEnumerable<object> DistinctValues(
        FacetRequest facet,
        DocumentTable table,
        IReadOnlyList<Hit> hits,
        Func<object, object> group
    )
    {
        var path = facet.Field.Path.Split('/');
        var found = new List<object>();
        foreach (var hit in hits)
        {
            found.Clear();
            Collect(table.VisibleAt(hit.Slot)!.Values, path, 0, table.Definition.Fields, found);
            foreach (var value in found.Count > 1 ? found.Select(group).Distinct() : found.Select(group))
            {
                yield return value;
            }
        }
    }

    private static void Collect(object?[] values, string[] path, int depth, IReadOnlyList<Field> fields, List<object> found)
    {
        var field = Field.Find(fields, path[depth])!;
        foreach (var item in values[field.Ordinal] is ValueList list ? list.Items : [values[field.Ordinal]!])
        {
            if (item is object?[] complex)
            {
                Collect(complex, path, depth + 1, field.Fields, found);
            }
            else if (item is not null)
            {
                found.Add(item);
            }
        }
    }

    private static int CompareValues(object? x, object? y) =>
        x is string left && y is string right ? string.CompareOrdinal(left, right) : ((IComparable)x!).CompareTo(y);
}
