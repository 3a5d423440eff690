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
    private readonly DecodeRoom room;

    public ImageReader(IOptions<ImageLimits> limits)
        : this(limits, Options.Create(new ImageDecoding()))
    {
    }

    [ActivatorUtilitiesConstructor]
    internal ImageReader(IOptions<ImageLimits> limits, IOptions<ImageDecoding> decoding)
    {
        this.limits = limits.Value;
        shortSide = decoding.Value.ShortSide;
        room = new DecodeRoom(limits.Value.MaxPixelsAtOnce);
    }

    public string ThumbnailMediaType => ImageThumbnail.MediaType;

    /// <exception cref="TimeoutException">Other pictures took all the room for decoding; this one was not looked at.</exception>
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
                : BoundedDecode<ImageCheck>.Run(room, limits.MaxDecodeTime, decode => Check(bytes, format, decode)) ?? TooSlow(format);
        }
        catch (UnsupportedImageException unsupported)
        {
            return ImageCheck.Refused(unsupported.Message);
        }
        catch (Exception exception) when (exception is VipsException or MagickException)
        {
            // The decoders' own messages may mix those of two pictures read at once, so none is passed on.
            return ImageCheck.Refused($"The {format.DisplayName()} image is damaged or cut short: it cannot be decoded to its end.");
        }
    }

    /// <exception cref="TimeoutException">The room or the time for decoding did not suffice.</exception>
    public byte[] Thumbnail(CheckedImage image, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return Again((long)image.Width * image.Height, cancellation => ImageThumbnail.Of(image.Bytes, image.Format, size, cancellation));
    }

    public Fingerprint Fingerprint(CheckedImage image) => Imaging.Fingerprint.Of(image.Pixels(Imaging.Fingerprint.DecodedSide));

    private ImageCheck Check(ReadOnlyMemory<byte> bytes, ImageFormat format, BoundedDecode<ImageCheck> decode)
    {
        var header = ImageDecoder.Header(bytes, format);
        if (TooLarge(header) is { } reason)
        {
            return ImageCheck.Refused(reason);
        }

        var pixels = (long)header.Width * header.Height;
        decode.TakeRoom(pixels);
        var decoded = ImageDecoder.Decode(bytes, format, shortSide, decode.Cancellation);
        var readable = header.FramesReadable && header.TotalPixels <= limits.MaxAnimationPixels;
        return new ImageCheck(
            new CheckedImage(
                bytes, format, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), decoded,
                side => Again(pixels, cancellation => ImageDecoder.Decode(bytes, format, side, cancellation)),
                index => Again(pixels, cancellation => ImageDecoder.Frame(bytes, format, index, cancellation)),
                () => ImageDecoder.AllFrames(bytes, format))
            {
                Frames = readable && header.Frames > 1 ? ImageDecoder.CountFrames(bytes, format, decode.Cancellation) : header.Frames,
                FramesReadable = readable,
            },
            null);
    }

    /// <summary>Decodes a picture that was decoded before: a time that does not suffice now is no fault of its.</summary>
    private T Again<T>(long pixels, Func<CancellationToken, T> work)
        where T : class
    {
        var result = BoundedDecode<T>.Run(room, limits.MaxDecodeTime, decode =>
        {
            decode.TakeRoom(pixels);
            return work(decode.Cancellation);
        });
        return result
            ?? throw new TimeoutException($"The picture was not decoded within {limits.MaxDecodeTime} ({ImageLimits.Section}:{nameof(limits.MaxDecodeTime)}).");
    }

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

        return header.IsAnimation && header.TotalPixels > limits.MaxAnimationPixels
            ? $"{size} in {Count(header.Frames)} frames, more than the limit of {Megapixels(limits.MaxAnimationPixels)} for an animation ({ImageLimits.Section}:{nameof(limits.MaxAnimationPixels)})."
            : null;
    }

    private ImageCheck TooSlow(ImageFormat format) => ImageCheck.Refused(string.Create(
        CultureInfo.InvariantCulture,
        $"The {format.DisplayName()} image takes longer to decode than the limit of {limits.MaxDecodeTime.TotalSeconds} s ({ImageLimits.Section}:{nameof(limits.MaxDecodeTime)})."));

    private static ImageCheck CutShort(ImageFormat format) =>
        ImageCheck.Refused($"The image is cut short: the {format.DisplayName()} file ends before its contents do.");

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Megapixels(long pixels) =>
        string.Create(CultureInfo.InvariantCulture, $"{pixels / 1e6:0.######} megapixels");
}
