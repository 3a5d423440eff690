namespace Serverless.Imaging;

/// <summary>What confirms by pixels that two pictures are the same.</summary>
/// <param name="PerceptualHash">64 signs of the lowest frequencies; compare by the number of differing bits.</param>
/// <param name="Luma">128x128 luma, row by row, the picture stretched to the square, transparency over white.</param>
/// <param name="Texture">Standard deviation of the luma, 0 for a blank picture.</param>
public sealed record Fingerprint(ulong PerceptualHash, byte[] Luma, double Texture)
{
    public const int Side = 128;

    /// <summary>Half as much again: what is shrunk further while decoding would lose detail that a full decode keeps.</summary>
    internal const int DecodedSide = Side * 3 / 2;

    /// <summary>The fingerprint of the picture when turned.</summary>
    internal Fingerprint Turned(Duplicates.Turn turn)
    {
        var side = (int)Math.Sqrt(Luma.Length);
        var luma = Duplicates.TurnExtensions.Apply(turn, Luma, side);
        return new Fingerprint(Imaging.PerceptualHash.Of(luma, side), luma, Texture);
    }

    internal static Fingerprint Of(Pixels pixels)
    {
        var rgb = PillowResize.Resize(pixels, new ResizeWindow(Side, Side, 0, 0, Side, Side), Resample.Bilinear);
        var luma = new byte[Side * Side];
        for (var i = 0; i < luma.Length; i++)
        {
            luma[i] = (byte)(((rgb[3 * i] * 19595) + (rgb[(3 * i) + 1] * 38470) + (rgb[(3 * i) + 2] * 7471) + 0x8000) >> 16);
        }

        return new Fingerprint(Imaging.PerceptualHash.Of(luma, Side), luma, StandardDeviation(luma));
    }

    private static double StandardDeviation(byte[] values)
    {
        var mean = values.Average(value => (double)value);
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
