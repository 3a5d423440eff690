namespace Serverless.Imaging.Cost;

/// <summary>
/// Counts, without decoding, the work that a file makes for a decoder beyond its pixels: scans, segments, chunks, frames, pages, strips,
/// items, and inflated metadata. The limits are far above what real programs write.
/// </summary>
internal static class ImageCost
{
    /// <summary>Why a file is refused, as a sentence for the person who uploaded it; null if it is within the limits.</summary>
    public static string? RejectionReason(ReadOnlySpan<byte> bytes, ImageFormat format) =>
        format switch
        {
            ImageFormat.Jpeg => JpegCost.RejectionReason(bytes),
            ImageFormat.Png => PngCost.RejectionReason(bytes),
            ImageFormat.Gif => GifCost.RejectionReason(bytes),
            ImageFormat.Webp => WebPCost.RejectionReason(bytes),
            ImageFormat.Tiff => TiffCost.RejectionReason(bytes),
            ImageFormat.Avif or ImageFormat.Heic => HeifCost.RejectionReason(bytes),
            _ => bytes switch
            {
                // Camera raws contain one of the others; BMP and ICO have little more than pixels.
                [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => TiffCost.RejectionReason(bytes),
                [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => HeifCost.RejectionReason(bytes),
                _ => null,
            },
        };

    /// <param name="format">The format's display name.</param>
    /// <param name="most">The limit.</param>
    /// <param name="what">The items that exceed it.</param>
    internal static string TooMany(string format, long most, string what) =>
        FormattableString.Invariant(
            $"The {format} file has more than {most} {what}, more than any picture needs: save it again in an image editor."
        );
}
