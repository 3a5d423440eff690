using NetVips;

namespace Serverless.Imaging;

/// <param name="Frames">Maximum number of frames or pages.</param>
/// <param name="TotalPixels">Pixels of all frames or pages together; pages may differ in size.</param>
/// <param name="IsAnimation">Whether they are frames of an animation, all of one size.</param>
/// <param name="FramesReadable">False if the frames after the first cannot be decoded.</param>
internal readonly record struct ImageHeader(int Width, int Height, int Frames, long TotalPixels, bool IsAnimation, bool FramesReadable)
{
    public static ImageHeader Of(ImageContents contents) =>
        new(
            contents.Picture.Width,
            contents.Picture.Height,
            contents.Frames,
            contents.TotalPixels,
            contents.AnimationFrames > 1,
            contents.FramesReadable
        );
}

/// <summary>Decodes bytes of a known format to upright 8-bit RGB, in one pass over the file.</summary>
internal static class ImageDecoder
{
    private const int MostPixelsKept = 4_000_000;

    /// <exception cref="UnsupportedImageException">The file uses an unsupported feature.</exception>
    public static ImageHeader Header(ReadOnlyMemory<byte> bytes, ImageFormat format) => ImageHeader.Of(ImageContents.Of(bytes, format));

    /// <summary>
    /// Decodes the representing picture; stops with an error soon after cancellation if the decoder reports its progress.
    /// </summary>
    public static Pixels Decode(ReadOnlyMemory<byte> bytes, ImageFormat format, int shortSide, CancellationToken cancellation = default) =>
        Decode(ImageContents.Of(bytes, format).Picture, shortSide, cancellation);

    /// <summary>
    /// The composed frames of an animation, or the pages, each at full size; decoded one after the other on demand.
    /// </summary>
    public static IEnumerable<Pixels> AllFrames(ReadOnlyMemory<byte> bytes, ImageFormat format, CancellationToken cancellation = default)
    {
        var contents = ImageContents.Of(bytes, format).WithoutPreviews((part, shortSide) => Decode(part, shortSide, cancellation));
        return contents is { AnimationFrames: > 1, FramesReadable: true }
            ? AnimationFrames.Of(contents.Picture, contents.AnimationFrames, cancellation)
            : contents.Parts.Select(part => Decode(part, ImageDecoding.All, cancellation));
    }

    /// <summary>One frame or page. An animation's earlier frames are decoded for it.</summary>
    public static Pixels Frame(ReadOnlyMemory<byte> bytes, ImageFormat format, int index, CancellationToken cancellation = default)
    {
        var contents = ImageContents.Of(bytes, format).WithoutPreviews((part, shortSide) => Decode(part, shortSide, cancellation));
        return index == 0 ? Decode(contents.Picture, ImageDecoding.All, cancellation)
            : contents.AnimationFrames > 1 ? AnimationFrames.Of(contents.Picture, contents.AnimationFrames, cancellation).ElementAt(index)
            : Decode(contents.Parts[index], ImageDecoding.All, cancellation);
    }

    /// <summary>The number of <see cref="AllFrames"/>. May decode: check the header against the limits first.</summary>
    public static int CountFrames(ReadOnlyMemory<byte> bytes, ImageFormat format, CancellationToken cancellation = default) =>
        ImageContents.Of(bytes, format).WithoutPreviews((part, shortSide) => Decode(part, shortSide, cancellation)).Frames;

    internal static Pixels Decode(PicturePart part, int shortSide, CancellationToken cancellation)
    {
        if (!part.IsFollowed)
        {
            return Decode(part, shortSide, isStrict: false, cancellation);
        }

        try
        {
            return Decode(part, shortSide, isStrict: true, cancellation);
        }
        catch (VipsException exception)
            when (!exception.Message.Contains("premature end", StringComparison.OrdinalIgnoreCase) && !cancellation.IsCancellationRequested)
        {
            // Other irregularities are tolerated; a picture that ends before its last row, followed by other data, is truncated.
            return Decode(part, shortSide, isStrict: false, cancellation);
        }
    }

    private static Pixels Decode(PicturePart part, int shortSide, bool isStrict, CancellationToken cancellation)
    {
        Libvips.Initialise();
        using var loaded = PictureOpener.Open(part, shortSide, out var size, cancellation, isStrict);
        using var opened = SampleScaling.Needs(loaded)
            ? SampleScaling.Apply(loaded, () => PictureOpener.Open(part, shortSide, out _, cancellation))
            : loaded.Copy();
        var orientation = OrientationOf(loaded, part);
        using var rgb = RgbConversion.ToRgb(opened, out var isTransparent, cancellation);
        var factor = BlockFactor(opened.Width, opened.Height, shortSide);
        using var small = factor > 1 ? Average(rgb, factor) : rgb.Copy();
        small.StopWhen(cancellation);
        var pixels = small.WriteToMemory<byte>();
        var across = (double)size.Width / (Scale(size.Width, opened.Width) * factor);
        var down = (double)size.Height / (Scale(size.Height, opened.Height) * factor);
        var stored = new Pixels(pixels, small.Width, small.Height, new Extent(0, 0, across, down), size.Width, size.Height);
        var upright = orientation is > 1 and <= 8 ? Upright(stored, orientation) : stored;
        return upright with { IsTransparent = isTransparent };
    }

    /// <summary>A page without orientation is read as upright: the file's orientation applies.</summary>
    private static int OrientationOf(Image image, PicturePart part) =>
        image.Contains("orientation") && (int)image.Get("orientation") is var own && (own != 1 || part.Directory is null)
            ? own
            : part.Orientation;

    /// <summary>The factor to shrink by if the decoder could not: the smallest that keeps the pixels below a few million.</summary>
    internal static int BlockFactor(int width, int height, int shortSide) =>
        Math.Max(
            1,
            Math.Min((int)Math.Ceiling(Math.Sqrt((double)width * height / MostPixelsKept)), Math.Min(width, height) / 2 / shortSide)
        );

    /// <summary>Block means, rounded once: rounding twice would brighten the picture by half a level.</summary>
    private static Image Average(Image rgb, int factor)
    {
        using var real = rgb.Cast(Enums.BandFormat.Float);
        using var means = real.Shrink(factor, factor, ceil: true);
        using var rounded = means + 0.5;
        return rounded.Cast(Enums.BandFormat.Uchar);
    }

    /// <summary>Turns the pixels, and with them the extent of the stored picture.</summary>
    private static Pixels Upright(Pixels stored, int orientation)
    {
        using var memory = Image.NewFromMemory(stored.Rgb, stored.Width, stored.Height, 3, Enums.BandFormat.Uchar);
        using var tagged = memory.Mutate(image => image.Set(GValue.GIntType, "orientation", orientation));
        using var image = tagged.Autorot();
        var (across, down) = (stored.Extent.Right, stored.Extent.Bottom);
        var (width, height) = (stored.SourceWidth, stored.SourceHeight);
        if (orientation >= 5)
        {
            (across, down, width, height) = (down, across, height, width);
        }

        var left = orientation is 2 or 3 or 6 or 7 ? image.Width - across : 0;
        var top = orientation is 3 or 4 or 7 or 8 ? image.Height - down : 0;
        return new Pixels(
            image.WriteToMemory<byte>(),
            image.Width,
            image.Height,
            new Extent(left, top, left + across, top + down),
            width,
            height
        );
    }

    private static int Scale(int full, int shrunk) => (int)Math.Round((double)full / shrunk);
}
