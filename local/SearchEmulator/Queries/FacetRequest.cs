using System.Globalization;
using SearchEmulator.Definitions;
using SearchEmulator.Documents;
using SearchEmulator.Http;

namespace SearchEmulator.Queries;

/// <summary>One facet as asked for: `category,count:3,sort:value`, `price,values:10|20`, `uploadedAt,interval:month`.</summary>
internal sealed record FacetRequest(Field Field)
{
    private const int DefaultCount = 10;

    public int Count { get; private init; } = DefaultCount;

    public string Sort { get; private init; } = "count";

    /// <summary>The bounds between ranges, in the order of their values.</summary>
    public IReadOnlyList<object> Bounds { get; private init; } = [];

    public FacetInterval? Interval { get; private init; }

    public static FacetRequest Parse(string text, IndexDefinition index)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var field = index.FindPath(parts[0]) ?? throw Invalid($"Could not find a property named '{parts[0]}' on type 'search.document'.");
        if (!field.Facetable)
        {
            throw Invalid($"'{field.Path}' is not a facetable field. Only facetable fields can be used in facet expressions.");
        }

        var request = new FacetRequest(field);
        TimeSpan offset = default;
        string? interval = null;
        foreach (var part in parts.Skip(1))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = colon < 0 ? (part, string.Empty) : (part[..colon].Trim(), part[(colon + 1)..].Trim());
            switch (name)
            {
                case "count":
                    request = request with { Count = ReadCount(value) };
                    break;
                case "sort" when value is "count" or "-count" or "value" or "-value":
                    request = request with { Sort = value };
                    break;
                case "values":
                    request = request with { Bounds = [.. value.Split('|').Select(bound => ReadBound(bound, field))] };
                    break;
                case "interval":
                    interval = value;
                    break;
                case "timeoffset":
                    offset = ReadOffset(value);
                    break;
                case "metric" or "default" or "precisionThreshold":
                    throw ServiceException.NotImplemented($"facet aggregations ('{text}')");
                default:
                    throw Invalid($"'{part}' is not a valid parameter of the facet '{text}'.");
            }
        }

        return interval is null ? request : request with { Interval = FacetInterval.Parse(interval, field, offset) };
    }

    public static ServiceException Invalid(string message) => ServiceException.InvalidExpression(message, "facet");

    private static int ReadCount(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count == 0
                ? int.MaxValue
                : count
            : throw Invalid($"The facet count '{value}' is not a whole number.");

    private static object ReadBound(string text, Field field) =>
        field.Type.Kind switch
        {
            EdmKind.Int32
            or EdmKind.Int64 when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            EdmKind.Double when double.TryParse(text, CultureInfo.InvariantCulture, out var real) => real,
            EdmKind.DateTimeOffset when (ValueReader.ReadDate(text) ?? ValueReader.ReadDate(text + "T00:00:00Z")) is { } date => date,
            _ => throw Invalid($"The facet value '{text}' does not fit the field '{field.Path}' of type {field.Type}."),
        };

    private static TimeSpan ReadOffset(string text)
    {
        var sign = text.StartsWith('-') ? -1 : 1;
        return TimeSpan.TryParse(text.TrimStart('+', '-'), CultureInfo.InvariantCulture, out var offset)
            ? sign * offset
            : throw Invalid($"The time offset '{text}' is not of the form +hh:mm.");
    }
}
