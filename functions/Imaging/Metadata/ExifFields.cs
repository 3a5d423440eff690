namespace Serverless.Imaging.Metadata;

/// <summary>The EXIF fields as written.</summary>
internal sealed record ExifFields
{
    /// <summary>Boilerplate that cameras write as the description.</summary>
    private static readonly HashSet<string> OfCameras = new(StringComparer.OrdinalIgnoreCase)
    {
        "OLYMPUS DIGITAL CAMERA",
        "SONY DSC",
        "SAMSUNG DIGITAL CAMERA",
        "MINOLTA DIGITAL CAMERA",
        "KONICA MINOLTA DIGITAL CAMERA",
        "SAMSUNG CAMERA PICTURES",
        "DIGITAL CAMERA",
        "default",
        "Exif_JPEG_PICTURE",
        "DCIM\\100GOPRO",
        "DCIM\\100MEDIA",
        "charset=\"Ascii\" Exif_JPEG_PICTURE",
    };

    public string? Description { get; init; }

    public string? Comment { get; init; }

    public string? Artist { get; init; }

    public string? Copyright { get; init; }

    public string? Make { get; init; }

    public string? Model { get; init; }

    public string? Lens { get; init; }

    public int? Rating { get; init; }

    public TakenTime? Original { get; init; }

    public TakenTime? Digitized { get; init; }

    public GeoPosition? Position { get; init; }

    public string? WindowsTitle { get; init; }

    public string? WindowsComment { get; init; }

    public string? WindowsAuthor { get; init; }

    public string? WindowsKeywords { get; init; }

    public static ExifFields Read(MetadataBlocks blocks)
    {
        var directory = new ExifDirectory(blocks.Exif);
        var first = directory.Read(directory.First);
        var exposure = Part(blocks.ExposureExif) ?? directory.Read(first.Number(ExifTag.Exposure) ?? 0);
        var place = Part(blocks.PlaceExif) ?? directory.Read(first.Number(ExifTag.Place) ?? 0);
        var offset = exposure.Text(ExifTag.Offset);
        return new ExifFields
        {
            Description = first.Text(ExifTag.Description) is { } text && !OfCameras.Contains(text.Trim()) ? text : null,
            Comment = exposure.Comment(ExifTag.UserComment),
            Artist = first.Text(ExifTag.Artist),
            Copyright = first.Text(ExifTag.Copyright),
            Make = first.Text(ExifTag.Make),
            Model = first.Text(ExifTag.Model),
            Lens = exposure.Text(ExifTag.LensModel),
            Rating = RatingOf(first),
            Original = TakenTime.OfExif(exposure.Text(ExifTag.Original), exposure.Text(ExifTag.OffsetOriginal) ?? offset),
            Digitized = TakenTime.OfExif(exposure.Text(ExifTag.Digitized), exposure.Text(ExifTag.OffsetDigitized) ?? offset),
            Position = PositionOf(place),
            WindowsTitle = first.WindowsText(ExifTag.WindowsTitle),
            WindowsComment = first.WindowsText(ExifTag.WindowsComment),
            WindowsAuthor = first.WindowsText(ExifTag.WindowsAuthor),
            WindowsKeywords = first.WindowsText(ExifTag.WindowsKeywords),
        };
    }

    private static ExifValues? Part(ReadOnlyMemory<byte> block)
    {
        var directory = new ExifDirectory(block);
        return block.IsEmpty ? null : directory.Read(directory.First);
    }

    /// <summary>Stars, or Windows' percentages: 1, 25, 50, 75 and 99.</summary>
    private static int? RatingOf(ExifValues first) =>
        first.Number(ExifTag.Rating) is { } stars ? (int)Math.Min(stars, int.MaxValue)
        : first.Number(ExifTag.RatingPercent) is > 0 and <= 100 and var percent ? 1 + (int)Math.Round(percent / 25.0)
        : null;

    private static GeoPosition? PositionOf(ExifValues place) =>
        GeoPosition.Of(
            Signed(place.Sixtieths(ExifTag.Latitude), place.Text(ExifTag.LatitudeRef), 'N', 'S'),
            Signed(place.Sixtieths(ExifTag.Longitude), place.Text(ExifTag.LongitudeRef), 'E', 'W')
        );

    /// <summary>Null if the file does not say which side of the equator or of Greenwich.</summary>
    private static double? Signed(double? degrees, string? side, char positive, char negative) =>
        side?.Trim() switch
        {
            [var letter, ..] when char.ToUpperInvariant(letter) == positive => degrees,
            [var letter, ..] when char.ToUpperInvariant(letter) == negative => -degrees,
            _ => null,
        };
}
