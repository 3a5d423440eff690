namespace Serverless.Imaging;

/// <summary>An image that passed every check; its pixels were decoded once on the way and are shared by all who need them.</summary>
public sealed class CheckedImage
{
    private readonly Pixels pixels;
    private readonly Func<int, Pixels> decode;

    /// <param name="decode">Decodes once more, with at least so many pixels on the shorter side.</param>
    internal CheckedImage(ReadOnlyMemory<byte> bytes, ImageFormat format, string sha256, Pixels pixels, Func<int, Pixels> decode)
    {
        Bytes = bytes;
        Format = format;
        Sha256 = sha256;
        Width = pixels.SourceWidth;
        Height = pixels.SourceHeight;
        this.pixels = pixels;
        this.decode = decode;
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public ImageFormat Format { get; }

    public string MediaType => Format.MediaType();

    /// <summary>Width as shown, with the orientation of its EXIF data applied.</summary>
    public int Width { get; }

    public int Height { get; }

    /// <summary>SHA-256 of <see cref="Bytes"/> in lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>Pixels with at least <paramref name="shortSide"/> on the shorter side, or all there are.</summary>
    internal Pixels Pixels(int shortSide) =>
        pixels.IsFullSize || Math.Min(pixels.Width, pixels.Height) >= shortSide ? pixels : decode(shortSide);
}

/// <summary>Either the image, or the reason why it was refused, in words for the person who uploaded it.</summary>
public sealed record ImageCheck(CheckedImage? Image, string? Reason)
{
    internal static ImageCheck Refused(string reason) => new(null, reason);
}
