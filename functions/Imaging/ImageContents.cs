using Serverless.Imaging.Vector;

namespace Serverless.Imaging;

/// <summary>
/// The pictures in a file, found without decoding. The first represents the file; an animation is one part with many frames.
/// </summary>
internal sealed record ImageContents(IReadOnlyList<PicturePart> Parts)
{
    private const double LeastCorrelation = 0.95;
    private const double FlatDifference = 1.5;

    /// <summary>The number of frames if the only part is an animation, otherwise 1.</summary>
    public int AnimationFrames { get; init; } = 1;

    /// <summary>False if the frames after the first cannot be decoded.</summary>
    public bool FramesReadable { get; init; } = true;

    public PicturePart Picture => Parts[0];

    public int Frames => Math.Max(AnimationFrames, Parts.Count);

    public long TotalPixels => AnimationFrames > 1 ? Picture.Pixels * AnimationFrames : Parts.Sum(part => part.Pixels);

    /// <exception cref="UnsupportedImageException">The file uses an unsupported feature.</exception>
    public static ImageContents Of(ReadOnlyMemory<byte> bytes, ImageFormat format) =>
        format switch
        {
            ImageFormat.Tiff => TiffPages.Contents(bytes, () => Libvips.Contents(bytes, ImageFormat.Tiff)),
            ImageFormat.Ico => IconFile.Contents(bytes),
            ImageFormat.Jpeg => Jpeg(bytes),
            ImageFormat.Png => Single(bytes, format, PngChunks.Size(bytes.Span), AnimatedPng.Count(bytes.Span)),
            ImageFormat.Bmp => Bitmap(ImageContainer.BmpWithoutTrailer(bytes)),
            ImageFormat.Avif or ImageFormat.Heic => IsoMediaContents(IsoMedia.WithoutTrailer(bytes), format),
            ImageFormat.Pdf => PdfFile.Contents(bytes),
            ImageFormat.Svg => Drawing(bytes),
            _ when format.IsRaw() => CameraRaw.Contents(bytes, format),
            _ => Libvips.Contents(bytes, format),
        };

    /// <summary>
    /// Drops small pages that show the same picture. This decodes them: check sizes against the limits first.
    /// </summary>
    /// <param name="decode">Decodes a part with at least this many pixels on the shorter side.</param>
    public ImageContents WithoutPreviews(Func<PicturePart, int, Pixels> decode)
    {
        if (!Parts.Any(part => part.MayBePreview))
        {
            return this;
        }

        var picture = Luma(Picture);
        return this with { Parts = [.. Parts.Where(part => !part.MayBePreview || !ShowsTheSame(picture, Luma(part)))] };

        byte[] Luma(PicturePart part) => Fingerprint.Of(decode(part, Fingerprint.DecodedSide)).Luma;
    }

    public static ImageContents Single(ReadOnlyMemory<byte> bytes, ImageFormat format, (int Width, int Height) size, int frames) =>
        new([new PicturePart(format, bytes, size.Width, size.Height)]) { AnimationFrames = frames };

    private static ImageContents Drawing(ReadOnlyMemory<byte> bytes)
    {
        var (width, height, _) = SvgRaster.SizeOf(SvgFile.Read(bytes).Safe);
        return Single(bytes, ImageFormat.Svg, (width, height), 1);
    }

    private static ImageContents Bitmap(ReadOnlyMemory<byte> bytes) =>
        Single(bytes, ImageFormat.Bmp, MagickDecoder.Size(bytes.Span, ImageFormat.Bmp), 1);

    private static ImageContents Jpeg(ReadOnlyMemory<byte> bytes)
    {
        var structure = JpegStructure.Read(bytes.Span);
        try
        {
            bytes = structure.IsCommon ? JpegColours.WithMarker(bytes, structure) : bytes;
            var contents = structure.IsCommon
                ? Single(bytes, ImageFormat.Jpeg, (structure.Width, structure.Height), 1)
                : Libvips.Contents(bytes, ImageFormat.Jpeg);
            return structure.End < bytes.Length ? contents with { Parts = [contents.Picture with { IsFollowed = true }] } : contents;
        }
        catch (NetVips.VipsException) when (JpegColours.UnusualProcess(structure) is { } unusual)
        {
            throw new UnsupportedImageException($"The JPEG image {unusual}, which is not supported: save it as an ordinary JPEG.");
        }
    }

    private static ImageContents IsoMediaContents(ReadOnlyMemory<byte> bytes, ImageFormat format)
    {
        var frames = IsoMedia.Frames(bytes.Span);
        if (frames == 1 && format == ImageFormat.Avif)
        {
            return Libvips.Contents(bytes, format);
        }

        // One decoder reads HEIC and all sequences, including AVIF.
        var contents = Single(bytes, ImageFormat.Heic, MagickDecoder.Size(bytes.Span, ImageFormat.Heic), frames);
        return contents with
        {
            FramesReadable = frames <= MagickDecoder.MostFrames && contents.TotalPixels <= MagickDecoder.MostFramePixels,
        };
    }

    private static bool ShowsTheSame(byte[] picture, byte[] preview)
    {
        var (meanA, meanB) = (picture.Average(value => (double)value), preview.Average(value => (double)value));
        double ab = 0,
            aa = 0,
            bb = 0,
            difference = 0;
        for (var i = 0; i < picture.Length; i++)
        {
            var (a, b) = (picture[i] - meanA, preview[i] - meanB);
            (ab, aa, bb, difference) = (ab + (a * b), aa + (a * a), bb + (b * b), difference + Math.Abs(picture[i] - preview[i]));
        }

        return difference / picture.Length < FlatDifference || ab > LeastCorrelation * Math.Sqrt(aa * bb);
    }
}
