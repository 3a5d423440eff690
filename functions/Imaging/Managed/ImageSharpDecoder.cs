using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace Serverless.Imaging.Managed;

/// <summary>Configures ImageSharp: only the needed decoders, each for its own format, on one thread.</summary>
internal static class ImageSharpDecoder
{
    private const int PoolMegabytes = 64;

    public static Configuration Configuration { get; } =
        new(
            new BmpConfigurationModule(),
            new GifConfigurationModule(),
            new JpegConfigurationModule(),
            new PngConfigurationModule(),
            new TiffConfigurationModule(),
            new WebpConfigurationModule()
        )
        {
            MaxDegreeOfParallelism = 1,
            MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions { MaximumPoolSizeMegabytes = PoolMegabytes }),
        };

    /// <summary>A part's picture, upright; with <paramref name="allFrames"/>, every composed frame of an animation.</summary>
    public static Image<Rgba32> Open(PicturePart part, bool allFrames = false)
    {
        if (part.Format == ImageFormat.Ico)
        {
            return Image.LoadPixelData<Rgba32>(Configuration, DeviceBitmap.Decode(part.Bytes.Span), part.Width, part.Height);
        }

        var bytes = part is { Format: ImageFormat.Tiff, Directory: { } directory }
            ? TiffPages.Alone(part.Bytes.Span, directory)
            : part.Bytes.ToArray();
        var image = Image.Load<Rgba32>(
            Configuration,
            bytes,
            DecoderOf(part.Format, allFrames ? FrameDecodingMode.All : FrameDecodingMode.First)
        );
        try
        {
            // The limits were checked against the size in the file's structure: the decoder must not find another one.
            if ((long)image.Width * image.Height > part.Pixels)
            {
                throw new UnsupportedImageException($"The {part.Format.DisplayName()} image is damaged: it declares two sizes.");
            }

            var orientation =
                image.Metadata.ExifProfile?.GetValue(SixLabors.ImageSharp.Metadata.Profiles.Exif.ExifTag.Orientation)?.Value ?? 1;
            if (orientation == 1 && part.Orientation != 1)
            {
                Tag(image.Metadata, (ushort)part.Orientation);
            }

            image.Mutate(context => context.AutoOrient());
            return part.Format == ImageFormat.Bmp ? WithoutEmptyAlpha(image) : image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    /// <summary>Many programs leave a BMP's fourth byte at 0 for an opaque picture.</summary>
    private static Image<Rgba32> WithoutEmptyAlpha(Image<Rgba32> image)
    {
        var seen = false;
        image.ProcessPixelRows(rows =>
        {
            for (var y = 0; y < rows.Height && !seen; y++)
            {
                foreach (var pixel in rows.GetRowSpan(y))
                {
                    seen |= pixel.A != 0;
                }
            }

            for (var y = 0; y < rows.Height && !seen; y++)
            {
                foreach (ref var pixel in rows.GetRowSpan(y))
                {
                    pixel.A = 255;
                }
            }
        });
        return image;
    }

    private static void Tag(ImageMetadata metadata, ushort orientation)
    {
        metadata.ExifProfile ??= new();
        metadata.ExifProfile.SetValue(SixLabors.ImageSharp.Metadata.Profiles.Exif.ExifTag.Orientation, orientation);
    }

    private static IImageDecoder DecoderOf(ImageFormat format, FrameDecodingMode frames) =>
        format switch
        {
            ImageFormat.Jpeg => new JpegDecoder(),
            ImageFormat.Png => new PngDecoder(),
            ImageFormat.Gif => new GifDecoder { DecodingMode = frames },
            ImageFormat.Webp => new WebpDecoder(),
            ImageFormat.Tiff => new TiffDecoder { DecodingMode = FrameDecodingMode.First },
            ImageFormat.Bmp => new BmpDecoder(),
            _ => throw ManagedContents.Unread($"{format.DisplayName()} images"),
        };
}
