using NetVips;

namespace Serverless.Imaging;

/// <summary>Small WebP previews without metadata: browser colours, upright, never enlarged.</summary>
internal static class ImageThumbnail
{
    public const string MediaType = "image/webp";
    private const int Quality = 80;

    /// <summary>A thumbnail of a file's picture; stops with an error soon after cancellation.</summary>
    public static byte[] Of(ReadOnlyMemory<byte> bytes, ImageFormat format, int size, CancellationToken cancellation)
    {
        if (!IsWhatLibvipsShows(bytes, format))
        {
            return Of(ImageDecoder.Decode(bytes, format, size, cancellation), size);
        }

        Libvips.Initialise();
        using var small = Image.ThumbnailBuffer(
            IsoTrimmed(bytes, format).ToArray(),
            size,
            height: size,
            size: Enums.Size.Down,
            outputProfile: "srgb",
            failOn: Enums.FailOn.Error
        );
        small.StopWhen(cancellation);
        return small.HasAlpha() ? OfDrawing(small) : Save(small);
    }

    public static byte[] Of(Pixels pixels, int size)
    {
        using var raw = Image.NewFromMemory(pixels.Rgb, pixels.Width, pixels.Height, 3, Enums.BandFormat.Uchar);
        using var colour = raw.Copy(interpretation: Enums.Interpretation.Srgb);
        using var small = colour.ThumbnailImage(size, height: size, size: Enums.Size.Down);
        return Save(small);
    }

    private static ReadOnlyMemory<byte> IsoTrimmed(ReadOnlyMemory<byte> bytes, ImageFormat format) =>
        format == ImageFormat.Avif ? IsoMedia.WithoutTrailer(bytes) : bytes;

    private static bool IsWhatLibvipsShows(ReadOnlyMemory<byte> bytes, ImageFormat format) =>
        format switch
        {
            ImageFormat.Jpeg => !JpegColours.NeedsMarker(JpegStructure.Read(bytes.Span)),
            ImageFormat.Png or ImageFormat.Webp or ImageFormat.Gif => true,
            ImageFormat.Avif => IsoMedia.Frames(bytes.Span) == 1,
            ImageFormat.Tiff => ImageContents.Of(bytes, format).Picture
                is { Directory: null, HasPlainSamples: true, Format: ImageFormat.Tiff },
            _ => false,
        };

    /// <summary>
    /// Stays transparent, so that a page can show its own background; a drawing invisible on white includes its background.
    /// </summary>
    private static byte[] OfDrawing(Image small)
    {
        using var colour = small.Colourspace(Enums.Interpretation.Srgb);
        using var eight = colour.Cast(Enums.BandFormat.Uchar);
        var rgba = eight.WriteToMemory<byte>();
        using var drawing = PictureOpener.FromRgba(rgba, eight.Width, eight.Height);
        var ground = Ground.Of(rgba, eight.Width, eight.Height);
        if (ground == Ground.White)
        {
            return Save(drawing);
        }

        using var opaque = drawing.Flatten(background: [ground]);
        return Save(opaque);
    }

    private static byte[] Save(Image image) => image.WebpsaveBuffer(q: Quality, keep: Enums.ForeignKeep.None);
}
