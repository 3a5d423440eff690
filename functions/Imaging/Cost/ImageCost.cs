namespace Serverless.Imaging.Cost;

/// <summary>
/// Counts what a file would have a decoder do beyond its pixels, without decoding it: scans, segments, chunks, frames, pages,
/// strips, items, and metadata as large as it gets when it is inflated. The limits are far above what programs write.
/// </summary>
internal static class ImageCost
{
    /// <summary>Why a file is refused, in a sentence for whoever uploaded it; null where it costs no more than it should.</summary>
    public static string? Refusal(ReadOnlySpan<byte> bytes, ImageFormat format) =>
        format switch
        {
            ImageFormat.Jpeg => JpegCost.Refusal(bytes),
            ImageFormat.Png => PngCost.Refusal(bytes),
            ImageFormat.Gif => GifCost.Refusal(bytes),
            ImageFormat.WebP => WebPCost.Refusal(bytes),
            ImageFormat.Tiff => TiffCost.Refusal(bytes),
            ImageFormat.Avif or ImageFormat.Heic => HeifCost.Refusal(bytes),
            _ => bytes switch
            {
                // Camera raws are one or the other within; a BMP or an ICO has little more than its pixels.
                [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => TiffCost.Refusal(bytes),
                [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => HeifCost.Refusal(bytes),
                _ => null,
            },
        };

    /// <param name="format">As a person calls it.</param>
    /// <param name="most">How many are allowed.</param>
    /// <param name="what">Of what there are too many.</param>
    internal static string TooMany(string format, long most, string what) =>
        FormattableString.Invariant(
            $"The {format} file has more than {most} {what}, more than any picture needs: save it anew in an image editor."
        );
}
