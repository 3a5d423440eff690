using NetVips;

namespace Functions.Tests.Embeddings.Hosted;

internal static class Flat
{
    /// <summary>One colour, with a darker corner so that it is a picture.</summary>
    public static byte[] Png(byte red, byte green, byte blue, int width = 96, int height = 64)
    {
        var pixels = new byte[width * height * 3];
        for (var at = 0; at < width * height; at++)
        {
            var share = at % width < width / 4 && at / width < height / 4 ? 2 : 1;
            (pixels[3 * at], pixels[(3 * at) + 1], pixels[(3 * at) + 2]) = (
                (byte)(red / share),
                (byte)(green / share),
                (byte)(blue / share)
            );
        }

        return Encode(pixels, width, height);
    }

    public static byte[] Noise(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        new Random(1).NextBytes(pixels);
        return Encode(pixels, width, height);
    }

    private static byte[] Encode(byte[] pixels, int width, int height)
    {
        using var raw = Image.NewFromMemory(pixels, width, height, 3, Enums.BandFormat.Uchar);
        using var colour = raw.Copy(interpretation: Enums.Interpretation.Srgb);
        return colour.PngsaveBuffer(compression: 1);
    }
}
