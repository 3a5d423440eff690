using NetVips;

namespace Serverless.Imaging;

/// <summary>Small WebP previews without metadata: colours as a browser shows them, upright, never enlarged.</summary>
internal static class ImageThumbnail
{
    public const string MediaType = "image/webp";
    private const int Quality = 80;

    public static byte[] Of(CheckedImage image, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        using var small = MagickDecoder.Reads(image.Format) ? FromPixels(image.Pixels(size), size) : FromFile(image, size);
        return small.WebpsaveBuffer(q: Quality, keep: Enums.ForeignKeep.None);
    }

    private static Image FromFile(CheckedImage image, int size) => Image.ThumbnailBuffer(
        image.Bytes.ToArray(), size, height: size, size: Enums.Size.Down, outputProfile: "srgb", failOn: Enums.FailOn.Error);

    private static Image FromPixels(Pixels pixels, int size)
    {
        using var raw = Image.NewFromMemory(pixels.Rgb, pixels.Width, pixels.Height, 3, Enums.BandFormat.Uchar);
        using var colour = raw.Copy(interpretation: Enums.Interpretation.Srgb);
        return colour.ThumbnailImage(size, height: size, size: Enums.Size.Down);
    }
}
