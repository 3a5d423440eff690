using NetVips;

namespace Serverless.Imaging;

internal readonly record struct ImageHeader(int Width, int Height, int Frames);

/// <summary>Bytes of a known format to upright 8-bit RGB, in one pass over the file.</summary>
internal static class ImageDecoder
{
    private const int MostJpegShrink = 8;

    public static ImageHeader Header(ReadOnlyMemory<byte> bytes, ImageFormat format)
    {
        if (MagickDecoder.Reads(format))
        {
            var (width, height) = MagickDecoder.Size(bytes.Span, format);
            return new ImageHeader(width, height, 1);
        }

        Libvips.Initialise();
        using var image = Image.NewFromBuffer(bytes.Span, access: Enums.Access.Sequential);
        // Pages of a TIFF are pages, not frames: only the first is ever decoded.
        var frames = format != ImageFormat.Tiff && image.Contains("n-pages") ? (int)image.Get("n-pages") : 1;
        return new ImageHeader(image.Width, image.Height, frames);
    }

    public static Pixels Decode(ReadOnlyMemory<byte> bytes, ImageFormat format, int shortSide)
    {
        Libvips.Initialise();
        using var opened = Open(bytes, format, shortSide, out var size);
        var (width, height) = size;
        var orientation = opened.Contains("orientation") ? (int)opened.Get("orientation") : 1;
        using var colour = ToRgb(opened);
        var factor = Math.Max(1, Math.Min(opened.Width, opened.Height) / shortSide);
        using var small = factor > 1 ? colour.Shrink(factor, factor, ceil: true) : colour.Copy();
        using var rgb = small.Cast(Enums.BandFormat.Uchar);
        using var memory = Image.NewFromMemory(rgb.WriteToMemory<byte>(), rgb.Width, rgb.Height, 3, Enums.BandFormat.Uchar);
        using var upright = orientation is > 1 and <= 8 ? memory.Mutate(image => image.Set(GValue.GIntType, "orientation", orientation)).Autorot() : memory.Copy();
        var across = (double)width / (opened.Width == width ? factor : Scale(width, opened.Width) * factor);
        var down = (double)height / (opened.Height == height ? factor : Scale(height, opened.Height) * factor);
        return Upright(upright, orientation, across, down, width, height);
    }

    /// <summary>The box, in pixels of the upright picture, that the picture as stored covers.</summary>
    private static Pixels Upright(Image image, int orientation, double across, double down, int width, int height)
    {
        if (orientation is >= 5 and <= 8)
        {
            (across, down, width, height) = (down, across, height, width);
        }

        var left = orientation is 2 or 3 or 6 or 7 ? image.Width - across : 0;
        var top = orientation is 3 or 4 or 7 or 8 ? image.Height - down : 0;
        return new Pixels(image.WriteToMemory<byte>(), image.Width, image.Height, new Extent(left, top, left + across, top + down), width, height);
    }

    private static int Scale(int full, int shrunk) => (int)Math.Round((double)full / shrunk);

    private static Image Open(ReadOnlyMemory<byte> bytes, ImageFormat format, int shortSide, out (int Width, int Height) size)
    {
        if (MagickDecoder.Reads(format))
        {
            var (rgba, width, height) = MagickDecoder.Decode(bytes.Span, format);
            size = (width, height);
            using var raw = Image.NewFromMemory(rgba, width, height, 4, Enums.BandFormat.Uchar);
            return raw.Copy(interpretation: Enums.Interpretation.Srgb);
        }

        var image = Image.NewFromBuffer(bytes.Span, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
        size = (image.Width, image.Height);
        var shrink = JpegShrink(Math.Min(image.Width, image.Height), shortSide);
        if (format != ImageFormat.Jpeg || shrink == 1)
        {
            return image;
        }

        using (image)
        {
            return Image.NewFromBuffer(
                bytes.Span, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error, kwargs: new VOption { { "shrink", shrink } });
        }
    }

    private static int JpegShrink(int side, int shortSide)
    {
        var shrink = 1;
        while (shrink < MostJpegShrink && side / (shrink * 2) >= shortSide)
        {
            shrink *= 2;
        }

        return shrink;
    }

    private static Image ToRgb(Image image)
    {
        // An RGB profile is left aside, as models were trained without one; CMYK means nothing without.
        using var srgb = image.Interpretation == Enums.Interpretation.Cmyk
            ? image.IccTransform("srgb", embedded: true, inputProfile: "cmyk", intent: Enums.Intent.Relative, depth: 8)
            : image.Colourspace(Enums.Interpretation.Srgb);
        using var eight = srgb.Cast(Enums.BandFormat.Uchar);
        using var opaque = eight.HasAlpha() ? eight.Flatten(background: [255.0]) : eight.Copy();
        return opaque.ExtractBand(0, n: 3);
    }
}
