namespace Serverless.Imaging;

/// <summary>Which pictures a file holds, found without decoding them. The first is "the picture"; an animation is one part with many frames.</summary>
internal sealed record ImageContents(IReadOnlyList<PicturePart> Parts)
{
    private const double LeastCorrelation = 0.95;
    private const double FlatDifference = 1.5;

    /// <summary>Frames of the animation that the only part is; 1 for everything else.</summary>
    public int AnimationFrames { get; init; } = 1;

    /// <summary>False where the frames behind the first cannot be decoded.</summary>
    public bool FramesReadable { get; init; } = true;

    public PicturePart Picture => Parts[0];

    public int Frames => Math.Max(AnimationFrames, Parts.Count);

    public long TotalPixels => AnimationFrames > 1 ? Picture.Pixels * AnimationFrames : Parts.Sum(part => part.Pixels);

    /// <exception cref="UnsupportedImageException">The file uses something that cannot be read.</exception>
    public static ImageContents Of(ReadOnlyMemory<byte> bytes, ImageFormat format) => format switch
    {
        ImageFormat.Tiff => TiffPages.Contents(bytes),
        ImageFormat.Bmp or ImageFormat.Heic => Single(bytes, format, MagickDecoder.Size(bytes.Span, format), 1),
        _ => Libvips.Contents(bytes, format),
    };

    /// <summary>Leaves out small pages that show the same as the picture. They are decoded for it: check sizes against limits before.</summary>
    public ImageContents WithoutPreviews(CancellationToken cancellation)
    {
        if (!Parts.Any(part => part.MayBePreview))
        {
            return this;
        }

        var picture = Luma(Picture);
        return this with { Parts = [.. Parts.Where(part => !part.MayBePreview || !ShowsTheSame(picture, Luma(part)))] };

        byte[] Luma(PicturePart part) => Fingerprint.Of(ImageDecoder.Decode(part, Fingerprint.DecodedSide, cancellation)).Luma;
    }

    public static ImageContents Single(ReadOnlyMemory<byte> bytes, ImageFormat format, (int Width, int Height) size, int frames) =>
        new([new PicturePart(format, bytes, size.Width, size.Height)]) { AnimationFrames = frames };

    private static bool ShowsTheSame(byte[] picture, byte[] preview)
    {
        var (meanA, meanB) = (picture.Average(value => (double)value), preview.Average(value => (double)value));
        double ab = 0, aa = 0, bb = 0, difference = 0;
        for (var i = 0; i < picture.Length; i++)
        {
            var (a, b) = (picture[i] - meanA, preview[i] - meanB);
            (ab, aa, bb, difference) = (ab + (a * b), aa + (a * a), bb + (b * b), difference + Math.Abs(picture[i] - preview[i]));
        }

        return difference / picture.Length < FlatDifference || ab > LeastCorrelation * Math.Sqrt(aa * bb);
    }
}
