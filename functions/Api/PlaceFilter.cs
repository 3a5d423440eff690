using System.Globalization;

namespace Serverless.Api;

/// <summary>Conditions on where a picture was taken, in the search service's syntax.</summary>
internal static class PlaceFilter
{
    /// <summary>Half the circumference of the earth.</summary>
    private const double MostKm = 20_040;

    public static string Of(NearFilter near)
    {
        QueryValue.Between(near.Latitude, -90, 90, "filter.near.latitude");
        QueryValue.Between(near.Longitude, -180, 180, "filter.near.longitude");
        QueryValue.Between(near.Km, 0, MostKm, "filter.near.km");
        return $"geo.distance(position, geography'POINT({Number(near.Longitude)} {Number(near.Latitude)})') le {Number(near.Km)}";
    }

    public static string Of(BoxFilter box)
    {
        QueryValue.Between(box.South, -90, 90, "filter.box.south");
        QueryValue.Between(box.North, box.South, 90, "filter.box.north");
        QueryValue.Between(box.West, -180, 180, "filter.box.west");
        QueryValue.Between(box.East, -180, 180, "filter.box.east");

        // The service does not support polygons across the date line.
        return box.West <= box.East
            ? Within(box.South, box.West, box.North, box.East)
            : $"({Within(box.South, box.West, box.North, 180)} or {Within(box.South, -180, box.North, box.East)})";
    }

    /// <summary>Counterclockwise, and closed.</summary>
    private static string Within(double south, double west, double north, double east)
    {
        var (s, w, n, e) = (Number(south), Number(west), Number(north), Number(east));
        return $"geo.intersects(position, geography'POLYGON(({w} {s}, {e} {s}, {e} {n}, {w} {n}, {w} {s}))')";
    }

    private static string Number(double value) => value.ToString("0.#######", CultureInfo.InvariantCulture);
}
