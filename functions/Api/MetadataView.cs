using System.Globalization;
using Serverless.Imaging.Metadata;

namespace Serverless.Api;

/// <summary>A file's own metadata (EXIF, IPTC, XMP), written by whoever made the file.</summary>
/// <param name="TakenAt">ISO 8601; without an offset if the file has none.</param>
/// <param name="Camera">Manufacturer and model.</param>
/// <param name="Rating">1 to 5, or -1 for rejected.</param>
internal sealed record MetadataView(
    string? Title,
    string? Description,
    string? Headline,
    IReadOnlyList<string> Keywords,
    string? Creator,
    string? Copyright,
    string? TakenAt,
    string? Camera,
    string? Lens,
    int? Rating,
    PositionView? Position
)
{
    public static MetadataView Of(EmbeddedMetadata metadata) =>
        new(
            metadata.Title,
            metadata.Description,
            metadata.Headline,
            metadata.Keywords,
            metadata.Creator,
            metadata.Copyright,
            metadata.Taken is { } taken
                ? taken.Time.ToString(taken.HasOffset ? "yyyy-MM-dd'T'HH:mm:sszzz" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
                : null,
            metadata.Camera,
            metadata.Lens,
            metadata.Rating,
            metadata.Position is { } place ? new PositionView(place.Latitude, place.Longitude) : null
        );
}

/// <summary>In degrees (WGS 84); north and east are positive.</summary>
internal sealed record PositionView(double Latitude, double Longitude);
