using NetVips;

namespace Serverless.Imaging;

/// <summary>Small WebP previews without metadata: colours as a browser shows them, upright, never enlarged.</summary>
internal static class ImageThumbnail
{
    public const string MediaType = "image/webp";
    private const int Quality = 80;

    /// <summary>From a file that libvips reads; stops with an error soon after it is cancelled.</summary>
    public static byte[] Of(ReadOnlyMemory<byte> bytes, int size, CancellationToken cancellation)
    {
        using var small = Image.ThumbnailBuffer(
            bytes.ToArray(), size, height: size, size: Enums.Size.Down, outputProfile: "srgb", failOn: Enums.FailOn.Error);
        small.StopWhen(cancellation);
        return small.WebpsaveBuffer(q: Quality, keep: Enums.ForeignKeep.None);
    }

    public static byte[] Of(Pixels pixels, int size)
    {
        using var raw = Image.NewFromMemory(pixels.Rgb, pixels.Width, pixels.Height, 3, Enums.BandFormat.Uchar);
        using var colour = raw.Copy(interpretation: Enums.Interpretation.Srgb);
        using var small = colour.ThumbnailImage(size, height: size, size: Enums.Size.Down);
        return small.WebpsaveBuffer(q: Quality, keep: Enums.ForeignKeep.None);
    }
}
