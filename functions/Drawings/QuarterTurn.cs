using Serverless.Imaging;

namespace Serverless.Drawings;

internal static class QuarterTurn
{
    public static Pixels Clockwise(Pixels pixels)
    {
        var (width, height) = (pixels.Width, pixels.Height);
        var rgb = new byte[pixels.Rgb.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                pixels.Rgb.AsSpan(3 * ((y * width) + x), 3).CopyTo(rgb.AsSpan(3 * ((x * height) + height - 1 - y), 3));
            }
        }

        return new Pixels(rgb, height, width, new Extent(0, 0, height, width), pixels.SourceHeight, pixels.SourceWidth);
    }
}
