namespace Serverless.Imaging;

public enum ImageFormat
{
    Jpeg,
    Png,
    Webp,
    Gif,
    Tiff,
    Bmp,
    Avif,
    Heic,
    Ico,

    /// <summary>Drawn, not decoded; its pages are frames.</summary>
    Pdf,

    /// <summary>Drawn, not decoded.</summary>
    Svg,

    /// <summary>Camera raws, each represented by its preview: Adobe's,</summary>
    Dng,

    /// <summary>Canon's older and newer,</summary>
    Cr2,
    Cr3,

    /// <summary>Nikon's,</summary>
    Nef,

    /// <summary>Sony's,</summary>
    Arw,

    /// <summary>Olympus's,</summary>
    Orf,

    /// <summary>Panasonic's,</summary>
    Rw2,

    /// <summary>Fujifilm's,</summary>
    Raf,

    /// <summary>and those of others.</summary>
    Raw,
}

internal static class ImageFormats
{
    public const string Names = "JPEG, PNG, WebP, GIF, TIFF, BMP, AVIF, HEIC, ICO, PDF, SVG, camera raw";

    /// <summary>The format with that name, in any case; null if there is none.</summary>
    public static ImageFormat? Named(string name) =>
        name.Length > 0
        && char.IsAsciiLetter(name[0])
        && name.All(char.IsAsciiLetterOrDigit)
        && Enum.TryParse<ImageFormat>(name, ignoreCase: true, out var format)
            ? format
            : null;

    /// <summary>Whether the file contains undeveloped sensor data rather than a picture.</summary>
    public static bool IsRaw(this ImageFormat format) => format >= ImageFormat.Dng;

    /// <summary>Whether the frames of a file are pages of a document.</summary>
    public static bool HasPages(this ImageFormat format) => format is ImageFormat.Tiff or ImageFormat.Pdf;

    public static string DisplayName(this ImageFormat format) =>
        format switch
        {
            ImageFormat.Webp => "WebP",
            ImageFormat.Dng => "DNG",
            ImageFormat.Cr2 => "Canon CR2",
            ImageFormat.Cr3 => "Canon CR3",
            ImageFormat.Nef => "Nikon NEF",
            ImageFormat.Arw => "Sony ARW",
            ImageFormat.Orf => "Olympus ORF",
            ImageFormat.Rw2 => "Panasonic RW2",
            ImageFormat.Raf => "Fujifilm RAF",
            ImageFormat.Raw => "camera raw",
            _ => format.ToString().ToUpperInvariant(),
        };

    public static string MediaType(this ImageFormat format) =>
        format switch
        {
            ImageFormat.Jpeg => "image/jpeg",
            ImageFormat.Png => "image/png",
            ImageFormat.Webp => "image/webp",
            ImageFormat.Gif => "image/gif",
            ImageFormat.Tiff => "image/tiff",
            ImageFormat.Bmp => "image/bmp",
            ImageFormat.Avif => "image/avif",
            ImageFormat.Heic => "image/heic",
            ImageFormat.Ico => "image/vnd.microsoft.icon",
            ImageFormat.Pdf => "application/pdf",
            ImageFormat.Svg => "image/svg+xml",
            ImageFormat.Dng => "image/x-adobe-dng",
            ImageFormat.Cr2 => "image/x-canon-cr2",
            ImageFormat.Cr3 => "image/x-canon-cr3",
            ImageFormat.Nef => "image/x-nikon-nef",
            ImageFormat.Arw => "image/x-sony-arw",
            ImageFormat.Orf => "image/x-olympus-orf",
            ImageFormat.Rw2 => "image/x-panasonic-rw2",
            ImageFormat.Raf => "image/x-fuji-raf",
            ImageFormat.Raw => "image/x-dcraw",
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
        };
}
