using NetVips;
using Serverless.Imaging;

namespace Serverless.Embeddings.Hosted;

/// <summary>
/// Converts a checked image for a provider: an upright sRGB JPEG within the provider's bounds, without metadata. A picture's place, camera
/// and owner never leave the app, and the provider's decoder sees only our own output.
/// </summary>
internal static class ImageNormaliser
{
    public const string MediaType = "image/jpeg";

    /// <summary>Raw pixels of 2,048 x 2,048 are 12 MB; no JPEG of this quality exceeds the strictest vendor's 20 MB.</summary>
    private const int Quality = 92;

    public static byte[] ToJpeg(CheckedImage image, ImageBounds bounds)
    {
        var scale = Math.Min(1.0, (double)bounds.LongSide / Math.Max(image.Width, image.Height));
        var width = Math.Max(1, (int)Math.Round(image.Width * scale));
        var height = Math.Max(1, (int)Math.Round(image.Height * scale));
        var pixels = image.Pixels(Math.Min(width, height));
        var rgb =
            pixels.IsFullSize && pixels.Width == width && pixels.Height == height
                ? pixels.Rgb
                : PillowResize.Resize(pixels, new ResizeWindow(width, height, 0, 0, width, height), Resample.Lanczos);
        using var raw = Image.NewFromMemory(rgb, width, height, 3, Enums.BandFormat.Uchar);
        using var colour = raw.Copy(interpretation: Enums.Interpretation.Srgb);
        using var padded = Pad(colour, bounds.ShortSide);
        return padded.JpegsaveBuffer(q: Quality, subsampleMode: Enums.ForeignSubsample.Off, keep: Enums.ForeignKeep.None);
    }

    /// <summary>Repeats the edge if a picture is thinner than the provider accepts.</summary>
    private static Image Pad(Image image, int shortSide)
    {
        var width = Math.Max(image.Width, shortSide);
        var height = Math.Max(image.Height, shortSide);
        return image.Embed((width - image.Width) / 2, (height - image.Height) / 2, width, height, extend: Enums.Extend.Copy);
    }
}
