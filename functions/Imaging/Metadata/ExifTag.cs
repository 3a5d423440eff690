namespace Serverless.Imaging.Metadata;

/// <summary>The fields that are read. GPS fields have their own numbering.</summary>
internal static class ExifTag
{
    public const int Description = 0x010E,
        Make = 0x010F,
        Model = 0x0110,
        Artist = 0x013B,
        Xmp = 0x02BC,
        Rating = 0x4746,
        RatingPercent = 0x4749;
    public const int Copyright = 0x8298,
        Iptc = 0x83BB,
        Photoshop = 0x8649,
        Exposure = 0x8769,
        Place = 0x8825;
    public const int WindowsTitle = 0x9C9B,
        WindowsComment = 0x9C9C,
        WindowsAuthor = 0x9C9D,
        WindowsKeywords = 0x9C9E,
        WindowsSubject = 0x9C9F;

    public const int Original = 0x9003,
        Digitized = 0x9004,
        Offset = 0x9010,
        OffsetOriginal = 0x9011,
        OffsetDigitized = 0x9012;
    public const int UserComment = 0x9286,
        LensMake = 0xA433,
        LensModel = 0xA434;

    public const int LatitudeRef = 1,
        Latitude = 2,
        LongitudeRef = 3,
        Longitude = 4;
}
