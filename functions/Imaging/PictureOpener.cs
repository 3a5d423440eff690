using NetVips;
using Serverless.Imaging.Vector;

namespace Serverless.Imaging;

/// <summary>
/// Opens one picture of a file with its format's decoder. Nothing is decoded until its pixels are needed, if the decoder allows
/// it.
/// </summary>
internal static class PictureOpener
{
    private const int MostJpegShrink = 8;

    /// <param name="shortSide">A JPEG is shrunk during decoding, keeping at least this many pixels on the shorter side.</param>
    public static Image Open(
        PicturePart part,
        int shortSide,
        out (int Width, int Height) size,
        CancellationToken cancellation,
        bool isStrict = false
    )
    {
        var failOn = isStrict ? Enums.FailOn.Warning : Enums.FailOn.Error;
        size = (part.Width, part.Height);
        switch (part.Format)
        {
            case ImageFormat.Bmp or ImageFormat.Heic:
                var (rgba, width, height) = MagickDecoder.Decode(part.Bytes.Span, part.Format, cancellation);
                size = (width, height);
                return FromRgba(rgba, width, height);
            case ImageFormat.Ico:
                return FromRgba(DeviceBitmap.Decode(part.Bytes.Span), part.Width, part.Height);
            case ImageFormat.Pdf:
                return NotLarger(SvgRaster.Load(PdfFile.Draw(part), 1), part);
            case ImageFormat.Svg:
                return NotLarger(SvgRaster.Open(SvgFile.Read(part.Bytes).Safe), part);
            case ImageFormat.Tiff when part.Directory is { } directory:
                return NotLarger(Load(TiffPages.Alone(part.Bytes.Span, directory)), part);
            case ImageFormat.Jpeg:
                var shrink = JpegShrink(Math.Min(part.Width, part.Height), shortSide);
                return NotLarger(Load(part.Bytes.Span, shrink == 1 ? null : new VOption { { "shrink", shrink } }, failOn), part);
            default:
                return NotLarger(Load(part.Bytes.Span), part);
        }
    }

    /// <summary>All frames of an animation, stacked vertically.</summary>
    public static Image OpenFrames(PicturePart animation) => Load(animation.Bytes.Span, new VOption { { "n", -1 } });

    public static Image FromRgba(byte[] rgba, int width, int height)
    {
        using var raw = Image.NewFromMemory(rgba, width, height, 4, Enums.BandFormat.Uchar);
        return raw.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    private static Image Load(ReadOnlySpan<byte> bytes, VOption? options = null, Enums.FailOn failOn = Enums.FailOn.Error)
    {
        Libvips.Initialise();
        return Image.NewFromBuffer(bytes, access: Enums.Access.Sequential, failOn: failOn, kwargs: options);
    }

    /// <summary>The limits were checked against the size in the file's structure: the decoder must not find another one.</summary>
    private static Image NotLarger(Image image, PicturePart part)
    {
        if ((long)image.Width * image.Height <= part.Pixels)
        {
            return image;
        }

        image.Dispose();
        throw new UnsupportedImageException($"The {part.Format.DisplayName()} image is damaged: it declares two sizes.");
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
}
