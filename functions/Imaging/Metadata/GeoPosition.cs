namespace Serverless.Imaging.Metadata;

/// <summary>A place on earth in degrees (WGS 84): north and east are positive.</summary>
internal readonly record struct GeoPosition
{
    private GeoPosition(double latitude, double longitude) => (Latitude, Longitude) = (latitude, longitude);

    /// <summary>-90 to 90.</summary>
    public double Latitude { get; }

    /// <summary>-180 to 180.</summary>
    public double Longitude { get; }

    /// <summary>Null for invalid places, and for 0, 0, which receivers write without a fix.</summary>
    public static GeoPosition? Of(double? latitude, double? longitude) =>
        latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180 && (latitude != 0 || longitude != 0)
            ? new GeoPosition(latitude.Value, longitude.Value)
            : null;
}
