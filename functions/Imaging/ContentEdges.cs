namespace Serverless.Imaging;

/// <summary>Refines a box found at 128 × 128 pixels to the exact straight edges of the picture inside.</summary>
internal static class ContentEdges
{
    /// <summary>Maximum distance of an edge from the side, as a share of the picture.</summary>
    private const double Reach = 2.5 / ContentBox.Side;

    /// <summary>Minimum mean step across an edge, in levels of one channel; less is not a straight edge, for example around text.</summary>
    private const double LeastStep = 6;

    /// <summary>Sampled pixels of an edge.</summary>
    private const int Samples = 256;

    public static ContentBox Sharpened(Pixels pixels, ContentBox box)
    {
        var (left, top, right, bottom) = (
            box.Left * pixels.Width,
            box.Top * pixels.Height,
            box.Right * pixels.Width,
            box.Bottom * pixels.Height
        );
        return new ContentBox(
            box.Left > 0 ? Edge(pixels, left, top, bottom, isRow: false) / pixels.Width : 0,
            box.Top > 0 ? Edge(pixels, top, left, right, isRow: true) / pixels.Height : 0,
            box.Right < 1 ? Edge(pixels, right, top, bottom, isRow: false) / pixels.Width : 1,
            box.Bottom < 1 ? Edge(pixels, bottom, left, right, isRow: true) / pixels.Height : 1
        );
    }

    private static double Edge(Pixels pixels, double place, double from, double to, bool isRow)
    {
        var length = isRow ? pixels.Height : pixels.Width;
        var reach = Math.Max(2, Reach * length);
        var (best, step) = (place, LeastStep);
        for (var line = (int)Math.Max(1, place - reach); line <= Math.Min(length - 1, place + reach); line++)
        {
            if (Step(pixels, line, (int)from, (int)to, isRow) is var mean && mean > step)
            {
                (best, step) = (line, mean);
            }
        }

        return best;
    }

    /// <summary>Mean difference between a line and the previous one.</summary>
    private static double Step(Pixels pixels, int line, int from, int to, bool isRow)
    {
        var (across, along) = isRow ? (pixels.Width * 3, 3) : (3, pixels.Width * 3);
        var (every, sum, count) = (Math.Max(1, (to - from) / Samples), 0L, 0);
        for (var at = from; at < to; at += every)
        {
            var point = (line * across) + (at * along);
            for (var channel = point; channel < point + 3; channel++)
            {
                sum += Math.Abs(pixels.Rgb[channel] - pixels.Rgb[channel - across]);
            }

            count += 3;
        }

        return count == 0 ? 0 : (double)sum / count;
    }
}
