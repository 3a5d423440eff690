namespace Serverless.Imaging;

/// <summary>
/// The background for a transparent drawing: white, unless a large part of its outline would be invisible there, otherwise the first grey
/// on which it is visible. Judged on a coarse grid, so that size and encoding do not matter.
/// </summary>
internal static class Ground
{
    public const int White = 255;
    private const int GridSide = 256;

    /// <summary>Luma contrast, of 255, below which an edge counts as invisible.</summary>
    private const int LeastContrast = 24;

    /// <summary>Share of the outline that may be invisible.</summary>
    private const double MostLost = 0.25;

    private static readonly int[] Greys = [White, 128, 48];

    /// <summary>The grey level, 0..255, for pixels of four bytes.</summary>
    public static int Of(byte[] rgba, int width, int height)
    {
        if (IsOpaque(rgba))
        {
            return White;
        }

        var (alpha, luma, across, down) = Grid(rgba, width, height);
        var outline = 0.0;
        var lost = new double[Greys.Length];
        for (var i = 0; i < alpha.Length; i++)
        {
            if (i % across + 1 < across)
            {
                Edge(i, i + 1);
            }

            if (i / across + 1 < down)
            {
                Edge(i, i + across);
            }
        }

        var choice = Array.FindIndex(lost, share => share <= MostLost * outline);
        return choice >= 0 ? Greys[choice] : Greys[Array.IndexOf(lost, lost.Min())];

        void Edge(int a, int b)
        {
            var step = Math.Abs(alpha[a] - alpha[b]);
            var colour = luma[alpha[a] >= alpha[b] ? a : b];
            outline += step;
            for (var grey = 0; grey < Greys.Length; grey++)
            {
                lost[grey] += Math.Abs(colour - Greys[grey]) < LeastContrast ? step : 0;
            }
        }
    }

    public static bool IsOpaque(byte[] rgba)
    {
        for (var i = 3; i < rgba.Length; i += 4)
        {
            if (rgba[i] != 255)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Mean alpha (0..1) of each cell, and the mean luma of its opaque part.</summary>
    private static (double[] Alpha, double[] Luma, int Across, int Down) Grid(byte[] rgba, int width, int height)
    {
        var cell = (Math.Max(width, height) + GridSide - 1) / GridSide;
        var (across, down) = ((width + cell - 1) / cell, (height + cell - 1) / cell);
        var (alpha, luma) = (new double[across * down], new double[across * down]);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var pixel = 4 * ((y * (long)width) + x);
                if (rgba[pixel + 3] == 0)
                {
                    continue;
                }

                var at = (y / cell * across) + (x / cell);
                alpha[at] += rgba[pixel + 3];
                luma[at] += rgba[pixel + 3] * ((0.299 * rgba[pixel]) + (0.587 * rgba[pixel + 1]) + (0.114 * rgba[pixel + 2]));
            }
        }

        for (var i = 0; i < alpha.Length; i++)
        {
            luma[i] = alpha[i] > 0 ? luma[i] / alpha[i] : 0;
            alpha[i] /= 255.0 * Math.Min(cell, width - (i % across * cell)) * Math.Min(cell, height - (i / across * cell));
        }

        return (alpha, luma, across, down);
    }
}
