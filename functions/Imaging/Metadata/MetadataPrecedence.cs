using System.Globalization;

namespace Serverless.Imaging.Metadata;

/// <summary>
/// Resolves conflicts by the guidelines of the Metadata Working Group: EXIF, then XMP, then IPTC; but IPTC before XMP if a program without
/// XMP support has changed it.
/// </summary>
internal sealed class MetadataPrecedence(ExifFields exif, IptcFields iptc, XmpFields xmp, MetadataBlocks blocks)
{
    private const string DublinCore = "http://purl.org/dc/elements/1.1/";
    private const string Photoshop = "http://ns.adobe.com/photoshop/1.0/";
    private const string Basic = "http://ns.adobe.com/xap/1.0/";
    private const string Tiff = "http://ns.adobe.com/tiff/1.0/";
    private const string Exif = "http://ns.adobe.com/exif/1.0/";
    private const string ExifExtended = "http://cipa.jp/exif/1.0/";
    private const string Auxiliary = "http://ns.adobe.com/exif/1.0/aux/";

    public EmbeddedMetadata Merge() =>
        new()
        {
            Title = Text([.. Both(xmp.InAnyLanguage(DublinCore, "title"), iptc.Title), exif.WindowsTitle, Named("Title")]),
            Description = Text([
                exif.Description,
                .. Both(xmp.InAnyLanguage(DublinCore, "description"), iptc.Caption),
                exif.WindowsComment,
                exif.Comment,
                Named("Description"),
                Named("Comment"),
            ]),
            Headline = Text(Both(xmp.First(Photoshop, "Headline"), iptc.Headline)),
            Keywords = Keywords(),
            Creator = Creator(),
            Copyright = Text([exif.Copyright, .. Both(xmp.InAnyLanguage(DublinCore, "rights"), iptc.Copyright), Named("Copyright")]),
            Taken = Taken(),
            Make = Name(exif.Make, xmp.First(Tiff, "Make")),
            Model = Name(exif.Model, xmp.First(Tiff, "Model")),
            Lens = Name(exif.Lens, xmp.First(ExifExtended, "LensModel"), xmp.First(Auxiliary, "Lens")),
            Rating = Rating(),
            Position =
                exif.Position
                ?? GeoPosition.Of(Degrees(xmp.First(Exif, "GPSLatitude"), 'N', 'S'), Degrees(xmp.First(Exif, "GPSLongitude"), 'E', 'W')),
        };

    private T[] Both<T>(T ofXmp, T ofIptc) => blocks.IptcIsOlder ? [ofXmp, ofIptc] : [ofIptc, ofXmp];

    private static string? Text(IEnumerable<string?> texts) =>
        texts.Select(text => MetadataText.Clean(text)).FirstOrDefault(text => text is not null);

    private static string? Name(params string?[] texts) => texts.Select(MetadataText.Name).FirstOrDefault(text => text is not null);

    private string? Named(string name) => blocks.Texts.GetValueOrDefault(name);

    private IReadOnlyList<string> Keywords() =>
        Both(xmp.All(DublinCore, "subject"), iptc.Keywords)
            .Append(exif.WindowsKeywords?.Split(';') ?? [])
            .Select(MetadataText.Keywords)
            .FirstOrDefault(keywords => keywords.Count > 0)
        ?? [];

    private string? Creator() =>
        new[] { Artists(exif.Artist) }
            .Concat(Both(xmp.All(DublinCore, "creator"), iptc.Creators))
            .Append(Artists(exif.WindowsAuthor))
            .Append([Named("Author") ?? Named("Artist") ?? ""])
            .Select(MetadataText.Names)
            .FirstOrDefault(names => names is not null);

    private static string[] Artists(string? text) => text?.Split(';') ?? [];

    private TakenTime? Taken()
    {
        var original = TakenTime.OfIptc(iptc.Date, iptc.Time);
        return exif.Original
            ?? Both(TakenTime.OfXmp(xmp.First(Exif, "DateTimeOriginal")) ?? TakenTime.OfXmp(xmp.First(Photoshop, "DateCreated")), original)
                .FirstOrDefault(time => time is not null)
            ?? exif.Digitized
            ?? TakenTime.OfXmp(xmp.First(Exif, "DateTimeDigitized"))
            ?? TakenTime.OfXmp(xmp.First(Basic, "CreateDate"));
    }

    private int? Rating()
    {
        double? written = double.TryParse(xmp.First(Basic, "Rating"), NumberStyles.Float, CultureInfo.InvariantCulture, out var stars)
            ? stars
            : exif.Rating;
        return (written is -1 or (>= 1 and <= 5)) ? (int)written : null;
    }

    /// <summary>Such as <c>48,51.5045N</c> or <c>48,51,30N</c>.</summary>
    private static double? Degrees(string? text, char positive, char negative)
    {
        var place = text?.Trim() ?? "";
        var side = place.Length > 1 ? char.ToUpperInvariant(place[^1]) : default;
        if (side != positive && side != negative)
        {
            return null;
        }

        var parts = place[..^1].Split(',', 4);
        var (sum, unit) = (0.0, 1.0);
        foreach (var part in parts)
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            sum += number / unit;
            unit *= 60;
        }

        return parts.Length > 3 ? null
            : side == negative ? -sum
            : sum;
    }
}
