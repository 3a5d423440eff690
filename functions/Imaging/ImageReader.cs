using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Serverless.Imaging.Cost;
using Serverless.Imaging.Decoders;
using Serverless.Imaging.Vector;
using Serverless.Telemetry;

namespace Serverless.Imaging;

/// <summary>
/// Turns untrusted bytes into a checked image, its thumbnail and its fingerprint. Nothing is decoded in this process: see
/// <see cref="DecoderPool"/>. Thread-safe.
/// </summary>
public sealed class ImageReader
{
    private readonly ImageLimits limits;
    private readonly int shortSide;
    private readonly PictureDecoder decoder;

    public ImageReader(IOptions<ImageLimits> limits)
        : this(limits, Options.Create(new ImageDecoding())) { }

    internal ImageReader(IOptions<ImageLimits> limits, IOptions<ImageDecoding> decoding, DecoderPool? decoders = null)
    {
        this.limits = limits.Value;
        shortSide = decoding.Value.ShortSide;
        decoder = new PictureDecoder(limits.Value, decoders ?? DecoderPool.Default);
    }

    public string ThumbnailMediaType => ImageThumbnail.MediaType;

    /// <summary>Waits for its turn as long as it takes.</summary>
    public ImageCheck Check(ReadOnlyMemory<byte> bytes) => Check(bytes, DecodeTimeout.Unlimited);

    /// <exception cref="DecodersBusyException">Its turn did not come in time; the image was not examined.</exception>
    /// <exception cref="OperationCanceledException">The caller no longer waits.</exception>
    internal ImageCheck Check(ReadOnlyMemory<byte> bytes, DecodeTimeout timeout)
    {
        using var step = Step.Decode.Begin();
        if (bytes.IsEmpty)
        {
            return ImageCheck.Refused("The file is empty.");
        }

        if (bytes.Length > limits.MaxBytes)
        {
            return ImageCheck.Refused(
                $"The file has {Count(bytes.Length)} bytes, more than the limit of {Count(limits.MaxBytes)} "
                    + $"({ImageLimits.Section}:{nameof(limits.MaxBytes)})."
            );
        }

        try
        {
            if (ImageFormatDetector.Detect(bytes.Span) is not { } format)
            {
                return ImageCheck.Refused($"The file is not an image of a supported format ({ImageFormats.Names}).");
            }

            return ImageContainer.IsCutShort(bytes.Span, format) ? CutShort(format)
                : ImageCost.RejectionReason(bytes.Span, format) is { } cost ? ImageCheck.Refused(cost)
                : new ImageCheck(Decode(bytes, format, timeout), null);
        }
        catch (Exception refusal) when (refusal is UndecodableException or UnsupportedImageException)
        {
            return ImageCheck.Refused(refusal.Message);
        }
    }

    /// <summary>
    /// Like <see cref="Check(ReadOnlyMemory{byte}, DecodeTimeout)"/>, on a separate thread: waiting for a decoder would block a thread
    /// that answers requests.
    /// </summary>
    internal Task<ImageCheck> CheckAsync(ReadOnlyMemory<byte> bytes, DecodeTimeout timeout) =>
        OwnThread.RunAsync(() => Check(bytes, timeout));

    /// <summary>Like <see cref="Thumbnail"/>, on a separate thread.</summary>
    internal Task<byte[]> ThumbnailAsync(CheckedImage image, int size) => OwnThread.RunAsync(() => Thumbnail(image, size));

    /// <exception cref="UndecodableException">The file is damaged or exceeds a limit.</exception>
    /// <exception cref="DecodersBusyException">The decoders were busy for too long for an interactive request.</exception>
    public byte[] Thumbnail(CheckedImage image, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return decoder.Run(
            new DecodeJob(image.Bytes, image.Format, (long)image.Width * image.Height),
            (run, _) =>
            {
                run.Ask(new DecoderRequest(DecoderOperation.Thumbnail, image.Format, size), out var webp);
                return webp;
            },
            DecodeTimeout.Interactive(CancellationToken.None)
        );
    }

    public Fingerprint Fingerprint(CheckedImage image) =>
        Imaging.Fingerprint.Of(image.Pixels(Imaging.Fingerprint.DecodedSide), image.Small);

    private CheckedImage Decode(ReadOnlyMemory<byte> bytes, ImageFormat format, DecodeTimeout timeout) =>
        decoder.Run(
            new DecodeJob(bytes, format, 0, header => TooManyPages(header, format) ?? TooLarge(header)),
            (run, header) =>
            {
                var readable = header.FramesReadable && header.TotalPixels <= limits.MaxAnimationPixels;
                var shape = run.Ask(new DecoderRequest(DecoderOperation.Decode, format, shortSide), out var rgb).Shape;
                var frames =
                    readable && header.Frames > 1
                        ? run.Ask(new DecoderRequest(DecoderOperation.Count, format), out _).Frames
                        : header.Frames;
                var facts = format is ImageFormat.Pdf or ImageFormat.Svg ? Facts(run, format) : DocumentFacts.None;
                Libvips.Initialise(); // Nothing is decoded here, but later processing of the pixels follows the same rules.
                var again = new PictureFrames(decoder, new DecodeJob(bytes, format, (long)header.Width * header.Height), frames, timeout);
                return new CheckedImage(bytes, format, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), shape.With(rgb), again)
                {
                    Frames = frames,
                    FramesReadable = readable,
                    PageTexts = facts.PageTexts,
                    NotDrawn = facts.NotDrawn,
                    Said = facts.Metadata(),
                };
            },
            timeout
        );

    private static DocumentFacts Facts(DecodeRun run, ImageFormat format)
    {
        run.Ask(new DecoderRequest(DecoderOperation.Facts, format), out var facts);
        return DocumentFacts.OfBytes(facts);
    }

    private string? TooManyPages(ImageHeader header, ImageFormat format) =>
        format == ImageFormat.Pdf && header.Frames > limits.MaxPages
            ? $"The PDF file has {Count(header.Frames)} pages, more than the limit of {Count(limits.MaxPages)} "
                + $"({ImageLimits.Section}:{nameof(limits.MaxPages)})."
            : null;

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
            ? $"{size} in {Count(header.Frames)} frames, more than the limit of {Megapixels(limits.MaxAnimationPixels)} for an "
                + $"animation ({ImageLimits.Section}:{nameof(limits.MaxAnimationPixels)})."
            : null;
    }

    private static ImageCheck CutShort(ImageFormat format) =>
        ImageCheck.Refused($"The image is cut short: the {format.DisplayName()} file ends before its contents do.");

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Megapixels(long pixels) => string.Create(CultureInfo.InvariantCulture, $"{pixels / 1e6:0.######} megapixels");
}
