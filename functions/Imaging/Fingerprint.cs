namespace Serverless.Imaging;

/// <summary>A small version of a picture, for the comparison by pixels.</summary>
/// <param name="PerceptualHash">64 signs of the lowest frequencies; compare by the number of differing bits.</param>
/// <param name="Luma">128 × 128 luma, row by row, the picture stretched to the square, transparency over white.</param>
/// <param name="Texture">Standard deviation of the luma (0 to 127.5), 0 for a blank picture.</param>
public sealed record Fingerprint(ulong PerceptualHash, byte[] Luma, double Texture)
{
    public const int Side = 128;

    /// <summary>The fingerprint of the content inside a border, bars or blurred fill; null if there is none.</summary>
    public Fingerprint? Content { get; init; }

    /// <summary>The box of that content; not stored in the ledger.</summary>
    internal ContentBox? Box { get; init; }

    /// <summary>The whole, and the content inside a border.</summary>
    internal IEnumerable<Fingerprint> Views => Content is null ? [this] : [this, Content];

    /// <summary>One and a half times: shrinking further during decoding would lose detail that a full decode keeps.</summary>
    internal const int DecodedSide = Side * 3 / 2;

    /// <summary>The fingerprint of the turned picture.</summary>
    internal Fingerprint Turned(ImageOrientation turn)
    {
        var side = (int)Math.Sqrt(Luma.Length);
        var luma = turn.Apply(Luma, side);
        return new Fingerprint(Imaging.PerceptualHash.Of(luma, side), luma, Texture) { Content = Content?.Turned(turn) };
    }

    internal static Fingerprint Of(Pixels pixels) => Of(pixels, Small(pixels));

    /// <param name="rgb">The same at 128 × 128 points.</param>
    internal static Fingerprint Of(Pixels pixels, byte[] rgb)
    {
        var whole = Of(LumaOf(rgb));
        return ContentBox.Of(pixels, rgb) is { } box ? whole with { Box = box, Content = Of(LumaOf(Small(box.Cut(pixels)))) } : whole;
    }

    /// <summary>The fingerprint of a picture without a border, from its luma.</summary>
    internal static Fingerprint Of(byte[] luma) =>
        new(Imaging.PerceptualHash.Of(luma, (int)Math.Sqrt(luma.Length)), luma, StandardDeviation(luma));

    /// <summary>A picture at 128 × 128 points, red, green and blue, row by row.</summary>
    internal static byte[] Small(Pixels pixels) =>
        PillowResize.Resize(pixels, new ResizeWindow(Side, Side, 0, 0, Side, Side), Resample.Bilinear);

    private static byte[] LumaOf(byte[] rgb)
    {
        var luma = new byte[Side * Side];
        for (var i = 0; i < luma.Length; i++)
        {
            luma[i] = (byte)(((rgb[3 * i] * 19595) + (rgb[(3 * i) + 1] * 38470) + (rgb[(3 * i) + 2] * 7471) + 0x8000) >> 16);
        }

        return luma;
    }

    private static double StandardDeviation(byte[] values)
    {
        var mean = values.Average(value => (double)value);
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
