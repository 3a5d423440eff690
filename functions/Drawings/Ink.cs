using Serverless.Imaging;

namespace Serverless.Drawings;

/// <param name="Grey">The least channel of each point.</param>
/// <param name="Threshold">Least difference of ink, in levels.</param>
internal sealed record InkReading(Mask Mask, byte[] Grey, double Threshold);

/// <summary>
/// Tells ink from paper: a point is ink if it differs from the mean around it, in the direction in which most strokes do (dark on light or
/// light on dark), by more than the noise and by a share of the strongest strokes. Uneven light is in the mean.
/// </summary>
internal static class Ink
{
    /// <summary>A picture with a longer side is made smaller first. Bounds time and memory.</summary>
    public const int MostSide = 2048;

    private const double LeastDifference = 5;
    private const double NoiseFactor = 4.5;
    private const double ContrastShare = 0.3;

    public static Mask Of(Pixels pixels, int mostSide = MostSide) => Read(pixels, mostSide).Mask;

    public static InkReading Read(Pixels pixels, int mostSide)
    {
        var grey = Grey(pixels, mostSide, out var width, out var height);
        var differences = Differences(grey, width, height, Math.Max(8, Math.Max(width, height) / 20));
        var threshold = Threshold(differences, Noise(grey));
        var mask = new Mask(width, height);
        for (var y = 1; y < height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                var at = (y * width) + x;
                mask.Points[at] = (byte)(differences[at] > threshold ? 1 : 0);
            }
        }

        return new InkReading(mask, grey, threshold);
    }

    /// <summary>The least of the three channels: coloured strokes on white are dark in it, and so is a blueprint's paper.</summary>
    private static byte[] Grey(Pixels pixels, int mostSide, out int width, out int height)
    {
        var scale = Math.Min(1.0, (double)mostSide / Math.Max(pixels.Width, pixels.Height));
        width = Math.Max(1, (int)Math.Round(pixels.Width * scale));
        height = Math.Max(1, (int)Math.Round(pixels.Height * scale));
        var rgb = PillowResize.Resize(pixels, new ResizeWindow(width, height, 0, 0, width, height), Resample.Box);
        var grey = new byte[width * height];
        for (var at = 0; at < grey.Length; at++)
        {
            grey[at] = Math.Min(rgb[3 * at], Math.Min(rgb[(3 * at) + 1], rgb[(3 * at) + 2]));
        }

        return grey;
    }

    /// <summary>How much darker each point is than the mean of the square around it; how much lighter, if the strokes are light.</summary>
    private static float[] Differences(byte[] grey, int width, int height, int radius)
    {
        var sums = Sums(grey, width, height);
        var differences = new float[grey.Length];
        var cubes = 0.0;
        for (var y = 0; y < height; y++)
        {
            var (top, bottom) = (Math.Max(0, y - radius), Math.Min(height, y + radius + 1));
            for (var x = 0; x < width; x++)
            {
                var (left, right) = (Math.Max(0, x - radius), Math.Min(width, x + radius + 1));
                var sum =
                    sums[(bottom * (width + 1)) + right]
                    - sums[(top * (width + 1)) + right]
                    - sums[(bottom * (width + 1)) + left]
                    + sums[(top * (width + 1)) + left];
                var difference = ((float)sum / ((bottom - top) * (right - left))) - grey[(y * width) + x];
                differences[(y * width) + x] = difference;
                cubes += difference * difference * difference;
            }
        }

        if (cubes < 0)
        {
            for (var at = 0; at < differences.Length; at++)
            {
                differences[at] = -differences[at];
            }
        }

        return differences;
    }

    private static long[] Sums(byte[] grey, int width, int height)
    {
        var sums = new long[(width + 1) * (height + 1)];
        for (var y = 0; y < height; y++)
        {
            var row = 0L;
            for (var x = 0; x < width; x++)
            {
                row += grey[(y * width) + x];
                sums[((y + 1) * (width + 1)) + x + 1] = sums[(y * (width + 1)) + x + 1] + row;
            }
        }

        return sums;
    }

    private static double Threshold(float[] differences, double noise)
    {
        // The strongest strokes: the upper thousandth, in half levels.
        var darker = new int[512];
        foreach (var difference in differences)
        {
            darker[Math.Clamp((int)(difference * 2), 0, 511)]++;
        }

        var contrast = Quantile(darker, 0.999 * differences.Length) / 2.0;
        return Math.Max(LeastDifference, Math.Max(NoiseFactor * noise, ContrastShare * contrast));
    }

    /// <summary>
    /// Standard deviation of the grain, by how much the calmest quarter of the points differs from those beside them: on a crowded sheet
    /// most points are beside a stroke.
    /// </summary>
    private static double Noise(byte[] grey)
    {
        var sizes = new int[1021];
        for (var at = 1; at < grey.Length - 1; at++)
        {
            sizes[Math.Abs((2 * grey[at]) - grey[at - 1] - grey[at + 1])]++;
        }

        return Quantile(sizes, 0.25 * grey.Length) / (0.3186 * Math.Sqrt(6));
    }

    private static int Quantile(int[] counts, double below)
    {
        var (sum, level) = (0.0, 0);
        while (level < counts.Length - 1 && sum + counts[level] < below)
        {
            sum += counts[level++];
        }

        return level;
    }
}
