namespace Serverless.Imaging;

public enum ImageFormat
{
    Jpeg,
    Png,
    WebP,
    Gif,
    Tiff,
    Bmp,
    Avif,
    Heic,
    Ico,

    /// <summary>What a camera's sensor saw, in the format of its maker; shown by the preview in it.</summary>
    Raw,
}

internal static class ImageFormats
{
    public const string Names = "JPEG, PNG, WebP, GIF, TIFF, BMP, AVIF, HEIC, ICO";

    public static string DisplayName(this ImageFormat format) => format switch
    {
        ImageFormat.WebP => "WebP",
        ImageFormat.Raw => "camera raw",
        _ => format.ToString().ToUpperInvariant(),
    };

    public static string MediaType(this ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "image/jpeg",
        ImageFormat.Png => "image/png",
        ImageFormat.WebP => "image/webp",
        ImageFormat.Gif => "image/gif",
        ImageFormat.Tiff => "image/tiff",
        ImageFormat.Bmp => "image/bmp",
        ImageFormat.Avif => "image/avif",
        ImageFormat.Heic => "image/heic",
        ImageFormat.Ico => "image/vnd.microsoft.icon",
        ImageFormat.Raw => "image/x-dcraw",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
