using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Serverless.Imaging.Managed;

/// <summary>Converts RGBA to RGB pixels, over a background, shrunk by an integer factor.</summary>
internal static class RgbaPixels
{
    public static byte[] Of(Image<Rgba32> image)
    {
        var rgba = new byte[4L * image.Width * image.Height];
        image.CopyPixelDataTo(rgba);
        return rgba;
    }

    public static Pixels Shown(byte[] rgba, int width, int height, int shortSide)
    {
        var isTransparent = !Ground.IsOpaque(rgba);
        LayOver(rgba, Ground.Of(rgba, width, height));
        var factor = ImageDecoder.BlockFactor(width, height, shortSide);
        var (across, down) = ((width + factor - 1) / factor, (height + factor - 1) / factor);
        var rgb = new byte[3L * across * down];
        for (var y = 0; y < down; y++)
        {
            for (var x = 0; x < across; x++)
            {
                Average(
                    rgba,
                    width,
                    new Block(x * factor, y * factor, Math.Min(width, (x + 1) * factor), Math.Min(height, (y + 1) * factor)),
                    rgb.AsSpan(3 * ((y * across) + x), 3)
                );
            }
        }

        return new Pixels(rgb, across, down, new Extent(0, 0, (double)width / factor, (double)height / factor), width, height)
        {
            IsTransparent = isTransparent,
        };
    }

    private static void LayOver(byte[] rgba, int ground)
    {
        for (var i = 0; i < rgba.Length; i += 4)
        {
            int alpha = rgba[i + 3];
            if (alpha < 255)
            {
                for (var channel = i; channel < i + 3; channel++)
                {
                    rgba[channel] = (byte)(((rgba[channel] * alpha) + (ground * (255 - alpha)) + 127) / 255);
                }
            }
        }
    }

    private static void Average(byte[] rgba, int width, Block block, Span<byte> mean)
    {
        var (red, green, blue) = (0, 0, 0);
        for (var y = block.Top; y < block.Bottom; y++)
        {
            for (var at = 4 * ((y * width) + block.Left); at < 4 * ((y * width) + block.Right); at += 4)
            {
                (red, green, blue) = (red + rgba[at], green + rgba[at + 1], blue + rgba[at + 2]);
            }
        }

        var count = (block.Right - block.Left) * (block.Bottom - block.Top);
        (mean[0], mean[1], mean[2]) = (
            (byte)((red + (count / 2)) / count),
            (byte)((green + (count / 2)) / count),
            (byte)((blue + (count / 2)) / count)
        );
    }

    private readonly record struct Block(int Left, int Top, int Right, int Bottom);
}
