using NetVips;

namespace Serverless.Imaging;

internal readonly record struct ImageHeader(int Width, int Height, int Frames);

/// <summary>Bytes of a known format to upright 8-bit RGB, in one pass over the file.</summary>
internal static class ImageDecoder
{
    private const int MostJpegShrink = 8;
    private const int MostPixelsKept = 4_000_000;

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

    /// <summary>Decodes; stops with an error soon after it is cancelled, where the decoder tells of its progress.</summary>
    public static Pixels Decode(ReadOnlyMemory<byte> bytes, ImageFormat format, int shortSide, CancellationToken cancellation = default)
    {
        Libvips.Initialise();
        using var opened = Open(bytes, format, shortSide, out var size, cancellation);
        var orientation = opened.Contains("orientation") ? (int)opened.Get("orientation") : 1;
        using var rgb = ToRgb(opened);
        var factor = BlockFactor(opened.Width, opened.Height, shortSide);
        using var small = factor > 1 ? Average(rgb, factor) : rgb.Copy();
        small.StopWhen(cancellation);
        var pixels = small.WriteToMemory<byte>();
        var across = (double)size.Width / (Scale(size.Width, opened.Width) * factor);
        var down = (double)size.Height / (Scale(size.Height, opened.Height) * factor);
        return orientation is > 1 and <= 8
            ? Upright(pixels, small.Width, small.Height, orientation, across, down, size)
            : new Pixels(pixels, small.Width, small.Height, new Extent(0, 0, across, down), size.Width, size.Height);
    }

    /// <summary>By how much to shrink what the decoder itself could not: as little as keeps the pixels below a few million.</summary>
    private static int BlockFactor(int width, int height, int shortSide) => Math.Max(1, Math.Min(
        (int)Math.Ceiling(Math.Sqrt((double)width * height / MostPixelsKept)), Math.Min(width, height) / 2 / shortSide));

    /// <summary>Means of whole blocks, rounded once: two roundings by integers would brighten the picture by half a step.</summary>
    private static Image Average(Image rgb, int factor)
    {
        using var real = rgb.Cast(Enums.BandFormat.Float);
        using var means = real.Shrink(factor, factor, ceil: true);
        using var rounded = means + 0.5;
        return rounded.Cast(Enums.BandFormat.Uchar);
    }

    /// <summary>Turns the pixels, and with them the box that the picture as stored covers.</summary>
    private static Pixels Upright(byte[] pixels, int width, int height, int orientation, double across, double down, (int Width, int Height) size)
    {
        using var memory = Image.NewFromMemory(pixels, width, height, 3, Enums.BandFormat.Uchar);
        using var tagged = memory.Mutate(image => image.Set(GValue.GIntType, "orientation", orientation));
        using var image = tagged.Autorot();
        if (orientation >= 5)
        {
            (across, down, size) = (down, across, (size.Height, size.Width));
        }

        var left = orientation is 2 or 3 or 6 or 7 ? image.Width - across : 0;
        var top = orientation is 3 or 4 or 7 or 8 ? image.Height - down : 0;
        return new Pixels(
            image.WriteToMemory<byte>(), image.Width, image.Height, new Extent(left, top, left + across, top + down), size.Width, size.Height);
    }

    private static int Scale(int full, int shrunk) => (int)Math.Round((double)full / shrunk);

    private static Image Open(
        ReadOnlyMemory<byte> bytes, ImageFormat format, int shortSide, out (int Width, int Height) size, CancellationToken cancellation)
    {
        if (MagickDecoder.Reads(format))
        {
            var (rgba, width, height) = MagickDecoder.Decode(bytes.Span, format, cancellation);
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
        if (image is { Interpretation: Enums.Interpretation.Srgb, Format: Enums.BandFormat.Uchar, Bands: 3 })
        {
            return image.Copy();
        }

        // An RGB profile is left aside, as models were trained without one; CMYK means nothing without.
        using var srgb = image.Interpretation == Enums.Interpretation.Cmyk
            ? image.IccTransform("srgb", embedded: true, inputProfile: "cmyk", intent: Enums.Intent.Relative, depth: 8)
            : image.Colourspace(Enums.Interpretation.Srgb);
        using var eight = srgb.Cast(Enums.BandFormat.Uchar);
        using var opaque = eight.HasAlpha() ? eight.Flatten(background: [255.0]) : eight.Copy();
        return opaque.ExtractBand(0, n: 3);
    }
}
