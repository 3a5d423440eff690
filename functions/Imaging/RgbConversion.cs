using NetVips;

namespace Serverless.Imaging;

/// <summary>Converts any decoder output to 8-bit RGB without transparency.</summary>
internal static class RgbConversion
{
    public static Image ToRgb(Image image, CancellationToken cancellation) => ToRgb(image, out _, cancellation);

    /// <param name="isTransparent">Whether some of it could be seen through.</param>
    public static Image ToRgb(Image image, out bool isTransparent, CancellationToken cancellation)
    {
        isTransparent = false;
        if (image is { Interpretation: Enums.Interpretation.Srgb, Format: Enums.BandFormat.Uchar, Bands: 3 })
        {
            return image.Copy();
        }

        // RGB profiles are ignored, as models were trained without them; CMYK is meaningless without one.
        using var srgb =
            image.Interpretation == Enums.Interpretation.Cmyk
                ? image.IccTransform("srgb", embedded: true, inputProfile: "cmyk", intent: Enums.Intent.Relative, depth: 8)
                : image.Colourspace(Enums.Interpretation.Srgb);
        using var eight = srgb.Cast(Enums.BandFormat.Uchar);
        if (!eight.HasAlpha())
        {
            return eight.ExtractBand(0, n: 3);
        }

        eight.StopWhen(cancellation);
        var rgba = eight.WriteToMemory<byte>();
        if (Ground.IsOpaque(rgba))
        {
            using var whole = PictureOpener.FromRgba(rgba, eight.Width, eight.Height);
            return whole.ExtractBand(0, n: 3);
        }

        isTransparent = true;
        using var memory = PictureOpener.FromRgba(rgba, eight.Width, eight.Height);
        using var opaque = memory.Flatten(background: [Ground.Of(rgba, eight.Width, eight.Height)]);
        return opaque.ExtractBand(0, n: 3);
    }
}
