using NetVips;

namespace Serverless.Imaging;

/// <summary>
/// Samples other than 8 or 16 bits (32-bit integers, floating point, signed): the file does not say which value is white, so the values
/// themselves decide.
/// </summary>
internal static class SampleScaling
{
    private const int LookSide = 512;
    private const double Byte = 255,
        Word = 65_535;

    /// <summary>
    /// In high dynamic range pictures, the brightest half percent of the samples is clipped.
    /// </summary>
    private const double Highlights = 0.995;

    public static bool Needs(Image image) =>
        image.Format is not (Enums.BandFormat.Uchar or Enums.BandFormat.Ushort)
        && image.Interpretation
            is Enums.Interpretation.Bw
                or Enums.Interpretation.Grey16
                or Enums.Interpretation.Srgb
                or Enums.Interpretation.Rgb16
                or Enums.Interpretation.Scrgb
                or Enums.Interpretation.Multiband
                or Enums.Interpretation.Rgb;

    /// <param name="again">Reopens the same picture: its values are examined before they are scaled.</param>
    public static Image Apply(Image image, Func<Image> again)
    {
        using var second = again();
        var (low, high, mostly) = Range(second);
        var isFloat = image.Format is Enums.BandFormat.Float or Enums.BandFormat.Double;
        var isGrey = image.Bands < 3;
        if (isFloat && low >= 0 && high > 1 && !IsPlain(high))
        {
            // Linear light: exposed to keep the highlights, then given a display gamma.
            using var exposed = image.Linear([1 / Math.Max(mostly, 1e-6)], [0.0]);
            using var colour = exposed.ExtractBand(0, n: isGrey ? 1 : 3);
            using var three = isGrey ? colour.Bandjoin(colour, colour) : colour.Copy();
            using var light = three.Cast(Enums.BandFormat.Float);
            using var linear = light.Copy(interpretation: Enums.Interpretation.Scrgb);
            return linear.Colourspace(Enums.Interpretation.Srgb);
        }

        var (factor, offset) =
            low < 0 ? (Byte / Math.Max(high - low, 1e-12), -low * Byte / Math.Max(high - low, 1e-12))
            : isFloat && high <= 1.001 ? (Byte, 0)
            : high <= Byte + 0.5 ? (1, 0)
            : high <= Word + 0.5 ? (Byte / Word, 0)
            : (Byte / Math.Max(high, uint.MaxValue), 0);
        using var scaled = image.Linear([factor], [offset + 0.5]);
        using var eight = scaled.Cast(Enums.BandFormat.Uchar);
        return eight.Copy(interpretation: isGrey ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
    }

    /// <summary>Whether floating point samples have an 8 or 16-bit range, judged by the largest.</summary>
    private static bool IsPlain(double high) => high is <= 1.001 or (> 64 and <= Byte + 0.5) or (> 4096 and <= Word + 0.5);

    private static (double Low, double High, double Mostly) Range(Image image)
    {
        var factor = Math.Max(1, (Math.Max(image.Width, image.Height) + LookSide - 1) / LookSide);
        using var real = image.Cast(Enums.BandFormat.Float);
        using var small = factor > 1 ? real.Shrink(factor, factor, ceil: true) : real.Copy();
        var values = Array.FindAll(small.WriteToMemory<float>(), float.IsFinite);
        Array.Sort(values);
        return values.Length == 0 ? (0, 1, 1) : (values[0], values[^1], values[(int)((values.Length - 1) * Highlights)]);
    }
}
