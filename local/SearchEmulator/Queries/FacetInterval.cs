using System.Globalization;
using SearchEmulator.Definitions;

namespace SearchEmulator.Queries;

/// <summary>Equal steps: a width for numbers, a calendar unit for dates. A value belongs to the step that starts at or before it.</summary>
internal sealed record FacetInterval(double Width, string Unit, TimeSpan Offset)
{
    private static readonly HashSet<string> Units = new(StringComparer.Ordinal)
    {
        "minute",
        "hour",
        "day",
        "week",
        "month",
        "quarter",
        "year",
    };

    public static FacetInterval Parse(string text, Field field, TimeSpan offset)
    {
        if (field.Type.Kind == EdmKind.DateTimeOffset && Units.Contains(text))
        {
            return new(0, text, offset);
        }

        return
            field.Type.Kind is EdmKind.Int32 or EdmKind.Int64 or EdmKind.Double
            && double.TryParse(text, CultureInfo.InvariantCulture, out var width)
            && width > 0
            ? new(width, string.Empty, default)
            : throw FacetRequest.Invalid($"The facet interval '{text}' does not fit the field '{field.Path}' of type {field.Type}.");
    }

    public object Start(object value) =>
        value switch
        {
            long whole => (long)(Math.Floor(whole / Width) * Width),
            double real => Math.Floor(real / Width) * Width,
            DateTimeOffset date => StartOf(date.ToOffset(Offset)).ToUniversalTime(),
            _ => value,
        };

    private DateTimeOffset StartOf(DateTimeOffset date)
    {
        var day = new DateTimeOffset(date.Year, date.Month, date.Day, 0, 0, 0, Offset);
        return Unit switch
        {
            "minute" => day.AddHours(date.Hour).AddMinutes(date.Minute),
            "hour" => day.AddHours(date.Hour),
            "day" => day,
            "week" => day.AddDays(-(((int)date.DayOfWeek + 6) % 7)),
            "month" => day.AddDays(1 - day.Day),
            "quarter" => new DateTimeOffset(date.Year, date.Month - ((date.Month - 1) % 3), 1, 0, 0, 0, Offset),
            _ => new DateTimeOffset(date.Year, 1, 1, 0, 0, 0, Offset),
        };
    }
}
