using System.Globalization;
using SearchEmulator.Values;

namespace SearchEmulator.Filters;

/// <summary>Well-known text for the two shapes of the grammar, and what is asked of them.</summary>
internal static class Geography
{
    private const double EarthRadiusKilometres = 6371.0088;

    public static GeoPoint ReadPoint(string text)
    {
        var inner = Inside(text, "POINT");
        return ReadPair(inner, text);
    }

    public static IReadOnlyList<GeoPoint> ReadPolygon(string text)
    {
        var inner = Inside(text, "POLYGON");
        if (inner.Length < 2 || inner[0] != '(' || inner[^1] != ')')
        {
            throw Malformed(text);
        }

        var points = inner[1..^1].Split(',').Select(pair => ReadPair(pair, text)).ToList();
        return points.Count >= 4 && points[0] == points[^1]
            ? points
            : throw FilterErrors.Invalid($"Invalid polygon '{text}': it needs at least four points, the last equal to the first.");
    }

    /// <summary>Great-circle distance on a sphere; the service's own earth model differs by less than half a percent.</summary>
    public static double Kilometres(GeoPoint from, GeoPoint to)
    {
        var (latitude1, latitude2) = (double.DegreesToRadians(from.Latitude), double.DegreesToRadians(to.Latitude));
        var halfLatitude = Math.Sin((latitude2 - latitude1) / 2);
        var halfLongitude = Math.Sin(double.DegreesToRadians(to.Longitude - from.Longitude) / 2);
        var a = (halfLatitude * halfLatitude) + (Math.Cos(latitude1) * Math.Cos(latitude2) * halfLongitude * halfLongitude);
        return 2 * EarthRadiusKilometres * Math.Asin(Math.Min(1, Math.Sqrt(a)));
    }

    /// <summary>Whether a ray to the east crosses the outline an odd number of times. Degrees are treated as a plane.</summary>
    public static bool Contains(IReadOnlyList<GeoPoint> polygon, GeoPoint point)
    {
        var inside = false;
        for (var i = 1; i < polygon.Count; i++)
        {
            var (a, b) = (polygon[i - 1], polygon[i]);
            if (
                (a.Latitude > point.Latitude) != (b.Latitude > point.Latitude)
                && point.Longitude < ((b.Longitude - a.Longitude) * (point.Latitude - a.Latitude) / (b.Latitude - a.Latitude)) + a.Longitude
            )
            {
                inside = !inside;
            }
        }

        return inside;
    }

    private static string Inside(string text, string shape)
    {
        var trimmed = text.Trim();
        var open = trimmed.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && trimmed[..open].Trim().Equals(shape, StringComparison.OrdinalIgnoreCase) && trimmed[^1] == ')'
            ? trimmed[(open + 1)..^1].Trim()
            : throw Malformed(text);
    }

    private static GeoPoint ReadPair(string pair, string text)
    {
        var numbers = pair.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
            numbers.Length == 2
            && double.TryParse(numbers[0], CultureInfo.InvariantCulture, out var longitude)
            && longitude is >= -180 and <= 180
            && double.TryParse(numbers[1], CultureInfo.InvariantCulture, out var latitude)
            && latitude is >= -90 and <= 90
            ? new GeoPoint(longitude, latitude)
            : throw Malformed(text);
    }

    private static Http.ServiceException Malformed(string text) => FilterErrors.Invalid($"Invalid geography literal '{text}'.");
}
