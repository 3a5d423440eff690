using ImageMagick;

namespace Serverless.Imaging;

/// <summary>
/// Reads formats that the packaged libvips cannot (HEIC, whose codec it omits, and BMP). The format is always specified, so ImageMagick
/// never guesses it from the bytes; its policy allows no other coder, delegate or URL; and its resources are bounded.
/// </summary>
internal static class MagickDecoder
{
    /// <summary>Maximum frames of a sequence, and their total pixels: all are in memory at once.</summary>
    public const int MostFrames = 1_000;
    public const long MostFramePixels = 100_000_000;

    /// <summary>The maximum of Limits:MaxSide.</summary>
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

    /// <summary>RGBA, 8 bits each. Decoding HEIC applies the file's rotation.</summary>
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

    /// <summary>All frames of a sequence, like <see cref="Decode"/>.</summary>
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

    /// <summary>Many BMP writers leave the fourth byte at 0 without meaning transparency.</summary>
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
