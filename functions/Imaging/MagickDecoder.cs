using ImageMagick;

namespace Serverless.Imaging;

/// <summary>
/// Reads what libvips as packaged cannot (HEIC, whose codec it leaves out, and BMP). The format is always named, so
/// ImageMagick never guesses one from the bytes, and its resources are bounded.
/// </summary>
internal static class MagickDecoder
{
    private static readonly Lazy<bool> Ready = new(() =>
    {
        MagickNET.Initialize();
        ResourceLimits.Thread = 1;
        ResourceLimits.Disk = 0;
        ResourceLimits.Memory = 4UL << 30;
        ResourceLimits.MaxMemoryRequest = 4UL << 30;
        return true;
    });

    public static bool Reads(ImageFormat format) => format is ImageFormat.Heic or ImageFormat.Bmp;

    public static (int Width, int Height) Size(ReadOnlySpan<byte> bytes, ImageFormat format)
    {
        _ = Ready.Value;
        using var image = new MagickImage();
        image.Ping(bytes, Settings(format));
        return ((int)image.Width, (int)image.Height);
    }

    /// <summary>RGBA, 8 bits each. Decoding HEIC applies the rotation that the file asks for.</summary>
    public static (byte[] Rgba, int Width, int Height) Decode(ReadOnlySpan<byte> bytes, ImageFormat format)
    {
        _ = Ready.Value;
        using var image = new MagickImage(bytes, Settings(format));
        if (image.ColorSpace is not ColorSpace.sRGB)
        {
            image.ColorSpace = ColorSpace.sRGB;
        }

        using var pixels = image.GetPixelsUnsafe();
        return (pixels.ToByteArray(PixelMapping.RGBA) ?? [], (int)image.Width, (int)image.Height);
    }

    private static MagickReadSettings Settings(ImageFormat format) => new()
    {
        Format = format == ImageFormat.Heic ? MagickFormat.Heic : MagickFormat.Bmp,
        FrameIndex = 0,
        FrameCount = 1,
    };
}
