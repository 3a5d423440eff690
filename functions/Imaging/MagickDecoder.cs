using ImageMagick;

namespace Serverless.Imaging;

/// <summary>
/// Reads what libvips as packaged cannot (HEIC, whose codec it leaves out, and BMP). The format is always named, so
/// ImageMagick never guesses one from the bytes; its policy allows no other coder, no delegate and no address; and its
/// resources are bounded.
/// </summary>
internal static class MagickDecoder
{
    /// <summary>Most frames of a sequence, and most pixels of them together: all are in memory at once.</summary>
    public const int MostFrames = 1_000;
    public const long MostFramePixels = 100_000_000;

    /// <summary>As far as Limits:MaxSide may be raised.</summary>
    private const ulong MaxSide = 1_000_000;

    private static readonly Lazy<bool> Ready = new(() =>
    {
        MagickPolicy.Apply();
        ResourceLimits.Thread = 1;
        ResourceLimits.Width = MaxSide;
        ResourceLimits.Height = MaxSide;
        ResourceLimits.ListLength = MostFrames;
        ResourceLimits.MaxProfileSize = 16UL << 20;
        ResourceLimits.Disk = 0;
        ResourceLimits.Memory = 4UL << 30;
        ResourceLimits.MaxMemoryRequest = 4UL << 30;
        return true;
    });

    public static (int Width, int Height) Size(ReadOnlySpan<byte> bytes, ImageFormat format)
    {
        _ = Ready.Value;
        using var image = new MagickImage();
        image.Ping(bytes, Settings(format));
        return ((int)image.Width, (int)image.Height);
    }

    /// <summary>RGBA, 8 bits each. Decoding HEIC applies the rotation that the file asks for.</summary>
    public static (byte[] Rgba, int Width, int Height) Decode(ReadOnlySpan<byte> bytes, ImageFormat format, CancellationToken cancellation)
    {
        _ = Ready.Value;
        using var image = new MagickImage();
        image.Progress += (_, progress) => progress.Cancel = cancellation.IsCancellationRequested;
        image.Read(bytes, Settings(format));
        cancellation.ThrowIfCancellationRequested();
        if (image.ColorSpace is not ColorSpace.sRGB)
        {
            image.ColorSpace = ColorSpace.sRGB;
        }

        var decoded = Rgba(image);
        if (format == ImageFormat.Bmp)
        {
            MakeOpaqueWhereNothingIs(decoded.Rgba);
        }

        return decoded;
    }

    /// <summary>All the frames of a sequence, as <see cref="Decode"/> gives them.</summary>
    public static IEnumerable<(byte[] Rgba, int Width, int Height)> Frames(
        ReadOnlyMemory<byte> bytes,
        int frames,
        CancellationToken cancellation
    )
    {
        _ = Ready.Value;
        using var images = new MagickImageCollection();
        images.Read(
            bytes.Span,
            new MagickReadSettings
            {
                Format = MagickFormat.Heic,
                FrameIndex = 0,
                FrameCount = (uint)frames,
            }
        );
        foreach (var image in images)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return Rgba(image);
        }
    }

    private static (byte[] Rgba, int Width, int Height) Rgba(IMagickImage<byte> image)
    {
        using var pixels = image.GetPixelsUnsafe();
        return (pixels.ToByteArray(PixelMapping.RGBA) ?? [], (int)image.Width, (int)image.Height);
    }

    /// <summary>Many writers of BMP leave the fourth byte 0 and mean no transparency by it.</summary>
    private static void MakeOpaqueWhereNothingIs(byte[] rgba)
    {
        for (var i = 3; i < rgba.Length; i += 4)
        {
            if (rgba[i] != 0)
            {
                return;
            }
        }

        for (var i = 3; i < rgba.Length; i += 4)
        {
            rgba[i] = 255;
        }
    }

    private static MagickReadSettings Settings(ImageFormat format) =>
        new()
        {
            Format = format == ImageFormat.Heic ? MagickFormat.Heic : MagickFormat.Bmp,
            FrameIndex = 0,
            FrameCount = 1,
        };
}
