using SixLabors.ImageSharp;

namespace Serverless.Imaging.Managed;

/// <summary>The managed counterpart of <see cref="ImageContents"/>.</summary>
internal static class ManagedContents
{
    /// <summary>ImageSharp keeps all frames of an animation, at four bytes a pixel.</summary>
    private const long MostAnimationPixels = 200_000_000;

    private const int Cmyk = 5,
        Fax3 = 3,
        Fax4 = 4;

    /// <exception cref="UnsupportedImageException">Managed code does not support the format or a feature of the file.</exception>
    public static ImageContents Of(ReadOnlyMemory<byte> bytes, ImageFormat format) =>
        format switch
        {
            ImageFormat.Jpeg => Jpeg(bytes),
            ImageFormat.Png => Png(bytes),
            ImageFormat.Gif => Gif(bytes),
            ImageFormat.Webp => Cost.WebPCost.Frames(bytes.Span) > 0 ? throw Unread("Animated WebP images") : Identified(bytes, format, 1),
            ImageFormat.Bmp => Identified(ImageContainer.BmpWithoutTrailer(bytes), format, 1),
            ImageFormat.Ico => IconFile.Contents(bytes),
            ImageFormat.Tiff => Tiff(bytes),
            _ when format.IsRaw() => Raw(bytes, format),
            _ => throw Unread($"{format.DisplayName()} images"),
        };

    public static UnsupportedImageException Unread(string what) =>
        new($"{what} cannot be read with {ImagingOptions.Section}:{nameof(ImagingOptions.Decoder)}=imagesharp, only with libvips.");

    private static ImageContents Jpeg(ReadOnlyMemory<byte> bytes)
    {
        var structure = JpegStructure.Read(bytes.Span);
        return !structure.IsCommon ? throw Unread("JPEG images of an unusual kind (lossless, arithmetic, 12 bits)")
            : structure.Components == 4 ? throw Unread("JPEG images in CMYK")
            : ImageContents.Single(bytes, ImageFormat.Jpeg, (structure.Width, structure.Height), 1);
    }

    /// <summary>ImageSharp reads only the first frame of an animated PNG.</summary>
    private static ImageContents Png(ReadOnlyMemory<byte> bytes)
    {
        var frames = AnimatedPng.Count(bytes.Span);
        return ImageContents.Single(bytes, ImageFormat.Png, PngChunks.Size(bytes.Span), frames) with { FramesReadable = frames <= 1 };
    }

    private static ImageContents Gif(ReadOnlyMemory<byte> bytes)
    {
        var contents = Identified(bytes, ImageFormat.Gif, Math.Max(1, Cost.GifCost.Frames(bytes.Span)));
        return contents with { FramesReadable = contents.TotalPixels <= MostAnimationPixels };
    }

    private static ImageContents Raw(ReadOnlyMemory<byte> bytes, ImageFormat format)
    {
        var contents = CameraRaw.Contents(bytes, format);
        Require(bytes, contents.Picture);
        return contents;
    }

    private static ImageContents Tiff(ReadOnlyMemory<byte> bytes)
    {
        var contents = TiffPages.Contents(
            bytes,
            () => throw new UnsupportedImageException("The TIFF image is damaged: none of its pages has a size.")
        );
        foreach (var part in contents.Parts)
        {
            Require(bytes, part);
        }

        return contents;
    }

    /// <summary>Features that ImageSharp lacks, or reads differently.</summary>
    private static void Require(ReadOnlyMemory<byte> bytes, PicturePart page)
    {
        var reader = new TiffReader(bytes.Span);
        if (page.Format != ImageFormat.Tiff || reader.Directory(page.Directory ?? reader.First) is not { } directory)
        {
            return;
        }

        var unread =
            !page.HasPlainSamples ? "samples other than integers of up to 16 bits"
            : directory.Has(TiffDirectory.TileOffsets) ? "tiles"
            : directory.Number(TiffDirectory.Photometric) == Cmyk ? "CMYK"
            : directory.Number(TiffDirectory.Compression) is Fax3 or Fax4 ? "fax compression"
            : null;
        if (unread is not null)
        {
            throw Unread($"TIFF images with {unread}");
        }
    }

    private static ImageContents Identified(ReadOnlyMemory<byte> bytes, ImageFormat format, int frames) =>
        Image.Identify(ImageSharpDecoder.Configuration, bytes.ToArray(), out _) is { } info
            ? ImageContents.Single(bytes, format, (info.Width, info.Height), frames)
            : throw new UnsupportedImageException($"The {format.DisplayName()} image is damaged: its size cannot be read.");
}
