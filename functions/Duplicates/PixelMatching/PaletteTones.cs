namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Says whether a palette, with dither or without, took tones that another picture has, point on point. A copy that was written from
/// the palette's picture has none of its own: it differs by rounding to the steps of its file, and by waves too fine to shift the mean of
/// a cell.
/// </summary>
internal static class PaletteTones
{
    private const int Side = BlockTransform.Side;
    private const int Half = Side / 2;
    private const int MostBlocks = 4000;

    /// <summary>Levels, root mean square, by which a palette shifts means of 4 × 4 points; JPEG 90 shifts them by .36.</summary>
    private const double LeastShift = 0.45;

    /// <summary>The same as a share of the difference of points.</summary>
    private const double LeastShare = 0.31;

    /// <summary>Times the square of what rounding to the steps of a JPEG leaves, each block counted up to the second.</summary>
    private const double BeyondSteps = 3;
    private const float MostOfBlock = 8;

    /// <summary>Squared levels of a coefficient that rounding to whole levels leaves.</summary>
    private const float Rounding = 0.5f;

    /// <summary>Coefficients of coarser waves than this, counted in both directions, are looked at.</summary>
    private const int MostWaves = 2;
    private const int Waves = 6;

    /// <summary>Change of the mean, in levels, and of contrast from which on tones were adjusted, and nothing is said.</summary>
    private const double MostMean = 0.8;
    private const double MostContrast = 0.02;

    /// <param name="palette">Brightness of the picture with a palette.</param>
    /// <param name="full">Brightness of the other one.</param>
    /// <param name="steps">The steps of the other one's file; null if it is no JPEG.</param>
    /// <param name="start">The column and row of the other one in which the planes begin.</param>
    /// <param name="isCut">Whether colours are clipped in the block at a point: that changes its brightness by more than rounding.</param>
    public static bool AreLost(Plane palette, Plane full, float[]? steps, (int X, int Y) start, Func<int, int, bool> isCut)
    {
        var (left, top) = ((Side - (start.X % Side)) % Side, (Side - (start.Y % Side)) % Side);
        var (across, down) = ((full.Width - left) / Side, (full.Height - top) / Side);
        var sums = new Sums(steps);
        for (var at = 0; at < across * down; at += 1 + (across * down / MostBlocks))
        {
            var (x, y) = (left + (at % across * Side), top + (at / across * Side));
            if (!isCut(x, y))
            {
                sums.Add(palette, full, x, y);
            }
        }

        return sums.AreLost;
    }

    private sealed class Sums(float[]? steps)
    {
        private int blocks;
        private int differing;
        private double beyond;
        private double shifts;
        private double differences;
        private double ofPalette;
        private double ofFull;
        private double squares;
        private double products;

        public bool AreLost
        {
            get
            {
                if (differing == 0)
                {
                    return false;
                }

                var (mean, other) = (ofPalette / blocks, ofFull / blocks);
                var variance = (squares / blocks) - (mean * mean);
                var contrast = variance > 1 ? ((products / blocks) - (mean * other)) / variance : 1;
                var (shift, difference) = (Math.Sqrt(shifts / (4 * blocks)), Math.Sqrt(differences / blocks));
                return Math.Abs(other - mean) <= MostMean
                    && Math.Abs(contrast - 1) <= MostContrast
                    && shift > LeastShift
                    && (steps is null ? shift > LeastShare * difference : beyond > BeyondSteps * differing);
            }
        }

        public void Add(Plane palette, Plane full, int x, int y)
        {
            Span<float> difference = stackalloc float[BlockTransform.Points];
            Span<int> quarters = stackalloc int[4];
            var (ofThis, square) = (0, 0);
            for (var at = 0; at < difference.Length; at++)
            {
                var (column, row) = (at % Side, at / Side);
                var level = palette.Values[((y + row) * palette.Width) + x + column];
                var off = full.Values[((y + row) * full.Width) + x + column] - level;
                difference[at] = off;
                quarters[(row / Half * 2) + (column / Half)] += off;
                ofThis += level;
                square += off * off;
            }

            var (mean, shift) = (ofThis / (double)BlockTransform.Points, 0.0);
            foreach (var quarter in quarters)
            {
                shift += quarter / (double)(Half * Half) * quarter / (Half * Half);
            }

            var other = mean + ((quarters[0] + quarters[1] + quarters[2] + quarters[3]) / (double)BlockTransform.Points);
            (ofPalette, ofFull) = (ofPalette + mean, ofFull + other);
            (squares, products) = (squares + (mean * mean), products + (mean * other));
            (shifts, differences, blocks) = (shifts + shift, differences + (square / (double)BlockTransform.Points), blocks + 1);
            if (square > 0)
            {
                differing++;
                beyond += steps is null ? 0 : Beyond(difference, steps);
            }
        }

        private static float Beyond(ReadOnlySpan<float> difference, float[] steps)
        {
            Span<float> waves = stackalloc float[BlockTransform.Points];
            BlockTransform.Forth(difference, waves);
            var sum = 0f;
            for (var down = 0; down <= MostWaves; down++)
            {
                for (var across = 0; across + down <= MostWaves; across++)
                {
                    var at = (down * Side) + across;
                    sum += waves[at] * waves[at] / ((steps[at] * steps[at] / 12) + Rounding);
                }
            }

            return Math.Min(MostOfBlock, sum / Waves);
        }
    }
}
