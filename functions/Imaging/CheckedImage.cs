using Serverless.Imaging.Decoders;
using Serverless.Imaging.Metadata;

namespace Serverless.Imaging;

/// <summary>An image that passed every check, with its pixels decoded once and shared.</summary>
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

    /// <summary>Displayed width in pixels, with EXIF orientation applied.</summary>
    public int Width { get; }

    public int Height { get; }

    /// <summary>Frames of an animation, or pages of a TIFF, ICO or PDF; 1 for other pictures.</summary>
    public int Frames { get; internal init; } = 1;

    /// <summary>
    /// False if frames or pages after the first cannot be decoded, or are too many: nothing is known about them.
    /// </summary>
    public bool FramesReadable { get; internal init; } = true;

    /// <summary>
    /// What of the file is not in its pixels, in a few words each, such as shadings of a PDF; empty for other pictures. One of
    /// which anything is missing is never a copy.
    /// </summary>
    public IReadOnlyList<string> NotDrawn { get; internal init; } = [];

    /// <summary>
    /// The text layer of each page of a PDF, in its order and cut at 16,384 characters; empty where a page has none. For an SVG, its text.
    /// Empty for other pictures.
    /// </summary>
    public IReadOnlyList<string> PageTexts { get; internal init; } = [];

    /// <summary>The document's properties.</summary>
    internal EmbeddedMetadata Said { get; init; } = EmbeddedMetadata.None;

    /// <summary>A camera raw: its pixels are the preview's.</summary>
    public bool IsRaw => Format.IsRaw();

    /// <summary>SHA-256 of <see cref="Bytes"/> in lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>Pixels with at least <paramref name="shortSide"/> on the shorter side, or at full size.</summary>
    /// <exception cref="Decoders.UndecodableException">Decoding more of the file shows that it is damaged, or exceeds a limit.</exception>
    internal Pixels Pixels(int shortSide) =>
        pixels.IsFullSize || Math.Min(pixels.Width, pixels.Height) >= shortSide ? pixels : again.Picture(shortSide);

    /// <summary>The picture at 128 × 128 points, for all that look at it as a whole.</summary>
    internal byte[] Small => small ??= Fingerprint.Small(Pixels(Fingerprint.DecodedSide));

    /// <summary>
    /// A frame or page at full size, upright; 0 is the picture. An animation's earlier frames are decoded for it: use
    /// <see cref="AllFrames"/> to read them all.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such readable frame.</exception>
    internal Pixels Frame(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, FramesReadable ? Frames : 1);
        return again.Frame(index);
    }

    /// <summary>All readable frames or pages, each at full size and decoded on demand.</summary>
    internal IEnumerable<Pixels> AllFrames() => FramesReadable ? again.All() : [again.Frame(0)];
}

/// <summary>Either the image, or the reason for its refusal, for the person who uploaded it.</summary>
public sealed record ImageCheck(CheckedImage? Image, string? Reason)
{
    internal static ImageCheck Refused(string reason) => new(null, reason);
}
