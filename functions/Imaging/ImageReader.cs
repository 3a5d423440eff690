using System.Globalization;
using System.Security.Cryptography;
using ImageMagick;
using Microsoft.Extensions.Options;
using NetVips;
using Serverless.Telemetry;

namespace Serverless.Imaging;

/// <summary>From untrusted bytes to a checked image, its thumbnail and its fingerprint. Safe to share between threads.</summary>
public sealed class ImageReader
{
    private readonly ImageLimits limits;
    private readonly int shortSide;

    public ImageReader(IOptions<ImageLimits> limits)
        : this(limits, Options.Create(new ImageDecoding()))
    {
    }

    [ActivatorUtilitiesConstructor]
    internal ImageReader(IOptions<ImageLimits> limits, IOptions<ImageDecoding> decoding)
    {
        this.limits = limits.Value;
        shortSide = decoding.Value.ShortSide;
    }

    public string ThumbnailMediaType => ImageThumbnail.MediaType;

    public ImageCheck Check(ReadOnlyMemory<byte> bytes)
    {
        using var step = Step.Decode.Begin();
        if (bytes.IsEmpty)
        {
            return ImageCheck.Refused("The file is empty.");
        }

        if (bytes.Length > limits.MaxBytes)
        {
            return ImageCheck.Refused(
                $"The file has {Count(bytes.Length)} bytes, more than the limit of {Count(limits.MaxBytes)} ({ImageLimits.Section}:{nameof(limits.MaxBytes)}).");
        }

        if (ImageFormatDetector.Detect(bytes.Span) is not { } format)
        {
            return ImageCheck.Refused($"The file is not an image of a supported format ({ImageFormats.Names}).");
        }

        try
        {
            return ImageContainer.IsCutShort(bytes.Span, format) ? CutShort(format)
                : TooLarge(ImageDecoder.Header(bytes, format)) is { } reason ? ImageCheck.Refused(reason)
                : new ImageCheck(Decode(bytes, format), null);
        }
        catch (Exception exception) when (exception is VipsException or MagickException)
        {
            // The decoders' own messages may mix those of two pictures read at once, so none is passed on.
            return ImageCheck.Refused($"The {format.DisplayName()} image is damaged or cut short: it cannot be decoded to its end.");
        }
    }

    public byte[] Thumbnail(CheckedImage image, int size) => ImageThumbnail.Of(image, size);

    public Fingerprint Fingerprint(CheckedImage image) => Imaging.Fingerprint.Of(image.Pixels(2 * Imaging.Fingerprint.Side));

    private CheckedImage Decode(ReadOnlyMemory<byte> bytes, ImageFormat format) =>
        new(bytes, format, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), ImageDecoder.Decode(bytes, format, shortSide));

    private string? TooLarge(ImageHeader header)
    {
        var pixels = (long)header.Width * header.Height;
        var size = $"The image has {Count(header.Width)} x {Count(header.Height)} pixels";
        if (header.Width > limits.MaxSide || header.Height > limits.MaxSide)
        {
            return $"{size}: a side is longer than the limit of {Count(limits.MaxSide)} ({ImageLimits.Section}:{nameof(limits.MaxSide)}).";
        }

        if (pixels > limits.MaxPixels)
        {
            return $"{size}, more than the limit of {Megapixels(limits.MaxPixels)} ({ImageLimits.Section}:{nameof(limits.MaxPixels)}).";
        }

        return header.Frames > 1 && pixels * header.Frames > limits.MaxAnimationPixels
            ? $"{size} in {Count(header.Frames)} frames, more than the limit of {Megapixels(limits.MaxAnimationPixels)} for an animation ({ImageLimits.Section}:{nameof(limits.MaxAnimationPixels)})."
            : null;
    }

    private static ImageCheck CutShort(ImageFormat format) =>
        ImageCheck.Refused($"The image is cut short: the {format.DisplayName()} file ends before its contents do.");

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Megapixels(long pixels) =>
        string.Create(CultureInfo.InvariantCulture, $"{pixels / 1e6:0.######} megapixels");
}
