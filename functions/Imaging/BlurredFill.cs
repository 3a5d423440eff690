namespace Serverless.Imaging;

/// <summary>
/// A picture between two bars filled with an enlarged, blurred version of itself, as phones and players show pictures that do not fit. The
/// bars are smooth, the picture has straight edges, and the bars resemble the picture.
/// </summary>
internal static class BlurredFill
{
    private const int Side = ContentBox.Side;

    /// <summary>Maximum mean second difference along a line of a bar, in levels, and relative to the picture's.</summary>
    private const double Smooth = 1.5;
    private const double SmoothShare = 0.8;

    /// <summary>Minimum size of a bar, and of the picture, in pixels.</summary>
    private const int LeastBar = 5;
    private const int LeastPicture = 12;

    /// <summary>The step at the picture's edge: in levels, relative to steps within a bar, and the share of the edge it covers.</summary>
    private const double Step = 5;
    private const double LeastTimes = 2;
    private const double LeastLength = 0.55;

    /// <summary>Minimum correlation of the bars with the enlarged, blurred picture.</summary>
    private const double Likeness = 0.65;

    private const int BlurRadius = 8;

    public static ContentBox? Within(byte[] rgb)
    {
        var luma = Luma(rgb);
        if (Bars(luma) is { } rows)
        {
            return new ContentBox(0, (double)rows.From / Side, 1, (double)rows.To / Side);
        }

        return Bars(Transposed(luma)) is { } columns ? new ContentBox((double)columns.From / Side, 0, (double)columns.To / Side, 1) : null;
    }

    /// <summary>The picture's rows between the bars above and below, whose heights may differ by one pixel.</summary>
    private static (int From, int To)? Bars(float[] luma)
    {
        var steps = Enumerable.Range(0, Side).Select(row => row < 2 || row > Side - 2 ? 0 : MeanStep(luma, row + 1, row - 2)).ToArray();
        var lengths = Enumerable.Range(0, Side).Select(row => row < 2 || row > Side - 2 ? 0 : EdgeLength(luma, row)).ToArray();
        var within = Enumerable.Range(0, Side).Select(row => row == 0 ? 0 : MeanStep(luma, row, row - 1)).ToArray();
        var (best, from, to) = (0.0, 0, 0);
        for (var bar = LeastBar; bar <= (Side - LeastPicture) / 2; bar++)
        {
            var usual = (within[1..(bar - 1)].Average() + within[(Side - bar + 2)..].Average()) / 2;
            for (var other = Math.Max(LeastBar, bar - 1); other <= bar + 1; other++)
            {
                var (step, length) = (Math.Min(steps[bar], steps[Side - other]), Math.Min(lengths[bar], lengths[Side - other]));
                if (step >= Step && step >= LeastTimes * (usual + 1) && length >= LeastLength && step * length / (usual + 1) > best)
                {
                    (best, from, to) = (step * length / (usual + 1), bar, Side - other);
                }
            }
        }

        return best > 0 && AreSmooth(luma, from, to) && IsOfPicture(luma, from, to) ? (from, to) : null;
    }

    private static bool AreSmooth(float[] luma, int from, int to)
    {
        var roughness = Enumerable.Range(0, Side).Select(row => Roughness(luma, row)).ToArray();
        var bars = (roughness[..(from - 2)].Sum() + roughness[(to + 2)..].Sum()) / (from + Side - to - 4);
        return bars <= Math.Min(Smooth, SmoothShare * roughness[from..to].Average());
    }

    /// <summary>The share of a row with a step.</summary>
    private static double EdgeLength(float[] luma, int row) =>
        Enumerable.Range(0, Side).Count(x => Math.Abs(luma[((row + 1) * Side) + x] - luma[((row - 2) * Side) + x]) >= Step) / (double)Side;

    /// <summary>
    /// Whether the bars show the picture: enlarged to cover everything, with its sides cut off, or stretched.
    /// </summary>
    private static bool IsOfPicture(float[] luma, int from, int to)
    {
        var blurred = Blurred(luma, from, to);
        return Correlation(luma, blurred, from, to, (double)(to - from) / Side) >= Likeness
            || Correlation(luma, blurred, from, to, 1) >= Likeness;
    }

    /// <summary>Correlation of the bars with the blurred picture, using all its rows and a share <paramref name="shown"/> of its
    /// columns.</summary>
    private static double Correlation(float[] luma, float[] blurred, int from, int to, double shown)
    {
        double count = 0,
            a = 0,
            b = 0,
            aa = 0,
            bb = 0,
            ab = 0;
        for (var y = 0; y < Side; y = y == from - 2 ? to + 1 : y + 1)
        {
            var row = from + (int)Math.Round((to - from - 1) * y / (Side - 1.0));
            for (var x = 0; x < Side; x++)
            {
                var column = (int)Math.Round(((Side - 1) / 2.0) + ((x - ((Side - 1) / 2.0)) * shown));
                double one = luma[(y * Side) + x],
                    other = blurred[(row * Side) + column];
                (count, a, b, aa, bb, ab) = (count + 1, a + one, b + other, aa + (one * one), bb + (other * other), ab + (one * other));
            }
        }

        var spread = ((count * aa) - (a * a)) * ((count * bb) - (b * b));
        return spread <= 0 ? 0 : ((count * ab) - (a * b)) / Math.Sqrt(spread);
    }

    /// <summary>The picture's rows, box-blurred.</summary>
    private static float[] Blurred(float[] luma, int from, int to)
    {
        var blurred = new float[luma.Length];
        var down = Math.Max(1, BlurRadius * (to - from) / Side);
        for (var y = from; y < to; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var (sum, count) = (0f, 0);
                for (var row = Math.Max(from, y - down); row <= Math.Min(to - 1, y + down); row++)
                {
                    for (var column = Math.Max(0, x - BlurRadius); column <= Math.Min(Side - 1, x + BlurRadius); column += 2)
                    {
                        (sum, count) = (sum + luma[(row * Side) + column], count + 1);
                    }
                }

                blurred[(y * Side) + x] = sum / count;
            }
        }

        return blurred;
    }

    private static double Roughness(float[] luma, int row)
    {
        var line = luma.AsSpan(row * Side, Side);
        var sum = 0.0;
        for (var x = 1; x < Side - 1; x++)
        {
            sum += Math.Abs((2 * line[x]) - line[x - 1] - line[x + 1]);
        }

        return sum / (Side - 2);
    }

    private static double MeanStep(float[] luma, int row, int other)
    {
        var sum = 0.0;
        for (var x = 0; x < Side; x++)
        {
            sum += Math.Abs(luma[(row * Side) + x] - luma[(other * Side) + x]);
        }

        return sum / Side;
    }

    private static float[] Luma(byte[] rgb)
    {
        var luma = new float[Side * Side];
        for (var at = 0; at < luma.Length; at++)
        {
            luma[at] = (0.299f * rgb[3 * at]) + (0.587f * rgb[(3 * at) + 1]) + (0.114f * rgb[(3 * at) + 2]);
        }

        return luma;
    }

    private static float[] Transposed(float[] luma)
    {
        var transposed = new float[luma.Length];
        for (var at = 0; at < luma.Length; at++)
        {
            transposed[(at % Side * Side) + (at / Side)] = luma[at];
        }

        return transposed;
    }
}
