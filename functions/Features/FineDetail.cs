using Serverless.Imaging;

namespace Serverless.Features;

/// <summary>
/// Sharpness and noise of a picture at the size that it was decoded to, seen along some of its rows. What is shrunk while decoding looks
/// sharper and cleaner than it is at full size.
/// </summary>
/// <param name="Sharpness">0 to 1: how steep the clear edges are. 0 where there is none.</param>
/// <param name="Noise">Standard deviation of the grain in levels, where the picture is calmest.</param>
internal readonly record struct FineDetail(double Sharpness, double Noise)
{
    private const int MostRows = 40;

    /// <summary>Points to either side of an edge, and the levels that it steps by between them.</summary>
    private const int Reach = 4;
    private const int LeastStep = 24;

    /// <summary>How much of its step a ramp that is as long as the reach takes within one point to either side.</summary>
    private const double Blurred = 1.0 / Reach;

    private const int LeastEdges = 16;

    /// <summary>Points of a block in which the grain is measured, and which of the blocks counts, the calmest first.</summary>
    private const int Block = 16;
    private const double Calmest = 0.2;

    /// <summary>A second difference of white noise is so many times as strong, and its mean size so much of its deviation.</summary>
    private const double NoiseGain = 2.449490 * 0.797885;

    /// <summary>Levels beyond which a picture is clipped, and shows no grain.</summary>
    private const int Darkest = 6;
    private const int Brightest = 249;

    public static FineDetail Of(Pixels pixels)
    {
        var (steepness, edges, grain, row) = (0.0, 0, new List<double>(), new int[pixels.Width]);
        var step = Math.Max(1, pixels.Height / MostRows);
        for (var y = step / 2; y < pixels.Height; y += step)
        {
            Luma(pixels.Rgb.AsSpan(y * pixels.Width * 3, pixels.Width * 3), row);
            for (var x = Reach; x < row.Length - Reach; x++)
            {
                if (Math.Abs(row[x + Reach] - row[x - Reach]) is var whole && whole >= LeastStep)
                {
                    var near = Math.Abs(row[x + 1] - row[x - 1]);
                    if (IsSteepest(row, x, near))
                    {
                        (steepness, edges) = (steepness + Math.Min(1, (double)near / whole), edges + 1);
                    }
                }
            }

            for (var x = 1; x + Block < row.Length; x += Block)
            {
                Add(grain, row.AsSpan(x - 1, Block + 2));
            }
        }

        grain.Sort();
        return new FineDetail(
            edges < LeastEdges ? 0 : Math.Clamp(((steepness / edges) - Blurred) / (1 - Blurred), 0, 1),
            grain.Count == 0 ? 0 : grain[(int)(grain.Count * Calmest)]
        );
    }

    /// <summary>One edge counts once, where it is steepest.</summary>
    private static bool IsSteepest(int[] row, int x, int near)
    {
        for (var beside = x - Reach + 1; beside < x + Reach; beside++)
        {
            if (beside >= 1 && beside < row.Length - 1 && Math.Abs(row[beside + 1] - row[beside - 1]) > near)
            {
                return false;
            }
        }

        return true;
    }

    private static void Add(List<double> grain, ReadOnlySpan<int> points)
    {
        var (sum, mean) = (0, 0);
        for (var x = 1; x < points.Length - 1; x++)
        {
            sum += Math.Abs((2 * points[x]) - points[x - 1] - points[x + 1]);
            mean += points[x];
        }

        if (mean >= Darkest * Block && mean <= Brightest * Block)
        {
            grain.Add(sum / (Block * NoiseGain));
        }
    }

    private static void Luma(ReadOnlySpan<byte> rgb, int[] luma)
    {
        for (var x = 0; x < luma.Length; x++)
        {
            luma[x] = ((rgb[3 * x] * 77) + (rgb[(3 * x) + 1] * 150) + (rgb[(3 * x) + 2] * 29)) >> 8;
        }
    }
}
