namespace SearchEmulator.Values;

// A stored value is one of: string, long, double, bool, DateTimeOffset (UTC), GeoPoint, ValueList, float[] (a vector),
// StoredVector (a vector that lies in the index's vector column), or object?[] (a complex value, by sub-field ordinal).

internal sealed record GeoPoint(double Longitude, double Latitude);

internal sealed record ValueList(object[] Items)
{
    public static readonly ValueList Empty = new([]);
}

internal sealed class StoredVector
{
    public static readonly StoredVector Instance = new();
}
