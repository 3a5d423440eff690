using NetVips;

namespace Serverless.Imaging;

/// <summary>Pixels as a file, for what takes only pictures.</summary>
internal static class PixelsPng
{
    /// <param name="mostSide">A longer side is made so long.</param>
    public static byte[] Of(Pixels pixels, int mostSide) => Turned(pixels, mostSide, [ImageOrientation.Upright])[0];

    /// <summary>The same in each of these orientations.</summary>
    public static IReadOnlyList<byte[]> Turned(Pixels pixels, int mostSide, IReadOnlyList<ImageOrientation> turns)
    {
        using var raw = Image.NewFromMemory(pixels.Rgb, pixels.Width, pixels.Height, 3, Enums.BandFormat.Uchar);
        using var picture = raw.Copy(interpretation: Enums.Interpretation.Srgb);
        using var small = picture.ThumbnailImage(mostSide, height: mostSide, size: Enums.Size.Down);
        return
        [
            .. turns.Select(turn =>
            {
                using var turned = turn.Apply(small);
                return turned.PngsaveBuffer(compression: 1);
            }),
        ];
    }
}
