using NetVips;

namespace Serverless.Imaging;

/// <summary>Pixels as a file, for what takes only pictures.</summary>
internal static class PixelsPng
{
    /// <param name="mostSide">A longer side is made so long.</param>
    public static byte[] Of(Pixels pixels, int mostSide)
    {
        using var raw = Image.NewFromMemory(pixels.Rgb, pixels.Width, pixels.Height, 3, Enums.BandFormat.Uchar);
        using var picture = raw.Copy(interpretation: Enums.Interpretation.Srgb);
        using var small = picture.ThumbnailImage(mostSide, height: mostSide, size: Enums.Size.Down);
        return small.PngsaveBuffer(compression: 1);
    }
}
