using Serverless.Imaging.Decoders;
using Serverless.Imaging.Vector;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace Serverless.Imaging.Managed;

/// <summary>ImageSharp: decodes without native code. Colours are treated as sRGB, ignoring profiles.</summary>
internal sealed class ManagedCodec : IImageCodec
{
    private const int ThumbnailQuality = 80;

    public ImageHeader Header(ReadOnlyMemory<byte> bytes, ImageFormat format) =>
        Guard(format, () => ImageHeader.Of(ManagedContents.Of(bytes, format)));

    public Pixels Decode(ReadOnlyMemory<byte> bytes, ImageFormat format, int shortSide) =>
        Guard(format, () => Decode(ManagedContents.Of(bytes, format).Picture, shortSide));

    public Pixels Frame(ReadOnlyMemory<byte> bytes, ImageFormat format, int index) => AllFrames(bytes, format).ElementAt(index);

    public IEnumerable<Pixels> AllFrames(ReadOnlyMemory<byte> bytes, ImageFormat format)
    {
        var contents = Guard(format, () => ManagedContents.Of(bytes, format).WithoutPreviews(Decode));
        if (contents is not { AnimationFrames: > 1, FramesReadable: true })
        {
            foreach (var part in contents.Parts)
            {
                yield return Guard(format, () => Decode(part, ImageDecoding.All));
            }

            yield break;
        }

        using var image = Guard(format, () => ImageSharpDecoder.Open(contents.Picture, allFrames: true));
        for (var index = 0; index < image.Frames.Count; index++)
        {
            var rgba = new byte[4L * image.Width * image.Height];
            image.Frames[index].CopyPixelDataTo(rgba);
            yield return RgbaPixels.Shown(rgba, image.Width, image.Height, ImageDecoding.All);
        }
    }

    public int CountFrames(ReadOnlyMemory<byte> bytes, ImageFormat format) =>
        Guard(format, () => ManagedContents.Of(bytes, format).WithoutPreviews(Decode).Frames);

    public DocumentFacts Facts(ReadOnlyMemory<byte> bytes, ImageFormat format) => DocumentFacts.None;

    public byte[] Thumbnail(ReadOnlyMemory<byte> bytes, ImageFormat format, int size) =>
        Guard(
            format,
            () =>
            {
                using var image = ImageSharpDecoder.Open(ManagedContents.Of(bytes, format).Picture);
                if (Math.Max(image.Width, image.Height) > size)
                {
                    image.Mutate(context =>
                        context.Resize(
                            new ResizeOptions
                            {
                                Size = new Size(size),
                                Mode = ResizeMode.Max,
                                Sampler = KnownResamplers.Lanczos3,
                            }
                        )
                    );
                }

                var rgba = RgbaPixels.Of(image);
                var ground = Ground.Of(rgba, image.Width, image.Height);
                if (ground != Ground.White)
                {
                    image.Mutate(context => context.BackgroundColor(Color.FromRgb((byte)ground, (byte)ground, (byte)ground)));
                }

                (image.Metadata.ExifProfile, image.Metadata.IccProfile, image.Metadata.IptcProfile, image.Metadata.XmpProfile) = (
                    null,
                    null,
                    null,
                    null
                );
                using var webp = new MemoryStream();
                image.SaveAsWebp(webp, new WebpEncoder { Quality = ThumbnailQuality, FileFormat = WebpFileFormatType.Lossy });
                return webp.ToArray();
            }
        );

    private static Pixels Decode(PicturePart part, int shortSide)
    {
        using var image = ImageSharpDecoder.Open(part);
        return RgbaPixels.Shown(RgbaPixels.Of(image), image.Width, image.Height, shortSide);
    }

    /// <summary>
    /// Whatever managed code throws for a crafted file, the file is at fault; only running out of memory is reported as such.
    /// </summary>
    private static T Guard<T>(ImageFormat format, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is not (UnsupportedImageException or UndecodableException or OutOfMemoryException))
        {
            throw UndecodableException.Damaged(format, error);
        }
    }
}
