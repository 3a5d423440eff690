using Serverless.Imaging.Decoders;

namespace Serverless.Imaging;

/// <summary>An image that passed every check; its pixels were decoded once on the way and are shared by all who need them.</summary>
public sealed class CheckedImage
{
    private readonly Pixels pixels;
    private readonly PictureFrames again;
    private byte[]? small;

    internal CheckedImage(ReadOnlyMemory<byte> bytes, ImageFormat format, string sha256, Pixels pixels, PictureFrames again)
    {
        Bytes = bytes;
        Format = format;
        Sha256 = sha256;
        Width = pixels.SourceWidth;
        Height = pixels.SourceHeight;
        this.pixels = pixels;
        this.again = again;
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public ImageFormat Format { get; }

    public string MediaType => Format.MediaType();

    /// <summary>Width as shown, with the orientation of its EXIF data applied.</summary>
    public int Width { get; }

    public int Height { get; }

    /// <summary>Frames of an animation, or pages of a TIFF or ICO; 1 for other pictures.</summary>
    public int Frames { get; internal init; } = 1;

    /// <summary>
    /// False where frames or pages behind the first cannot be decoded, or are too many to be: nothing can be said of them.
    /// </summary>
    public bool FramesReadable { get; internal init; } = true;

    /// <summary>A camera raw: its pixels are those of the preview in it.</summary>
    public bool IsRaw => Format.IsRaw();

    /// <summary>SHA-256 of <see cref="Bytes"/> in lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>Pixels with at least <paramref name="shortSide"/> on the shorter side, or all there are.</summary>
    /// <exception cref="Decoders.UndecodableException">Decoded further than before, the file turns out to be damaged, or to take too
    /// much.</exception>
    internal Pixels Pixels(int shortSide) =>
        pixels.IsFullSize || Math.Min(pixels.Width, pixels.Height) >= shortSide ? pixels : again.Picture(shortSide);

    /// <summary>The picture at 128 × 128 points, for all that look at it as a whole.</summary>
    internal byte[] Small => small ??= Fingerprint.Small(Pixels(Fingerprint.DecodedSide));

    /// <summary>
    /// A frame or page at full size, upright; 0 is the picture. What comes before it in an animation is decoded for it: to see all, use
    /// <see cref="AllFrames"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame that can be read.</exception>
    internal Pixels Frame(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, FramesReadable ? Frames : 1);
        return again.Frame(index);
    }

    /// <summary>All the frames or pages that can be read, each at full size and decoded when it is asked for.</summary>
    internal IEnumerable<Pixels> AllFrames() => FramesReadable ? again.All() : [again.Frame(0)];
}

/// <summary>Either the image, or the reason why it was refused, in words for the person who uploaded it.</summary>
public sealed record ImageCheck(CheckedImage? Image, string? Reason)
{
    internal static ImageCheck Refused(string reason) => new(null, reason);
}
