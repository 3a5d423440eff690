namespace Serverless.Duplicates;

/// <summary>
/// Compares two aligned 128 × 128 luma pictures in 8 × 8 blocks, after the tones of the one are brought to those of the other.
/// The fit is made again on the three quarters of the blocks that agree best, so that a watermark does not spoil it for the rest.
/// The outermost points are left out: a border shines into them.
/// </summary>
internal static class BlockComparison
{
    private const int Side = LumaPicture.Side;
    private const int Margin = 4;
    private const int BlockSide = 8;
    private const int BlocksPerSide = (Side - (2 * Margin)) / BlockSide;
    private const int Blocks = BlocksPerSide * BlocksPerSide;
    private const int Kept = Blocks * 3 / 4;
    private const int Refits = 2;

    /// <summary>Luma steps (root mean square in a block) up to which a difference is that of compression.</summary>
    private const double Noise = 4;

    /// <summary>Share of a block's own variance that compression and resizing may take on top.</summary>
    private const double LostDetail = 0.2;

    /// <summary>Standard deviation in a block from which on it has texture.</summary>
    private const double Texture = 5;

    /// <summary>Points by which the content of a block lies elsewhere: further than registration errs, less than things move between two shots.</summary>
    private const double Displacement = 0.25;

    public static BlockStatistics Compare(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Span<float> toned = stackalloc float[Side * Side];
        Span<bool> used = stackalloc bool[Side * Side];
        Span<float> levels = stackalloc float[ToneCurve.Size];
        Span<double> residuals = stackalloc double[Blocks];
        Span<double> sorted = stackalloc double[Blocks];
        used.Fill(true);
        var line = new LinearFit();
        line.Add(a, b);
        for (var round = 0; ; round++)
        {
            var curve = new ToneCurve(a, b, used, line, levels);
            for (var at = 0; at < a.Length; at++)
            {
                toned[at] = curve[a[at]];
            }

            for (var block = 0; block < Blocks; block++)
            {
                residuals[block] = Residual(toned, b, Start(block));
            }

            if (round == Refits)
            {
                break;
            }

            residuals.CopyTo(sorted);
            sorted.Sort();
            line = FitBlocks(a, b, residuals, sorted[Kept - 1], used);
        }

        return Count(toned, b, residuals, line.Correlation);
    }

    private static BlockStatistics Count(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<double> residuals, double correlation)
    {
        Span<BlockMotion> motions = stackalloc BlockMotion[Blocks];
        Span<(double A, double B)> deviations = stackalloc (double, double)[Blocks];
        Span<bool> agrees = stackalloc bool[Blocks];
        for (var block = 0; block < Blocks; block++)
        {
            deviations[block] = (Deviation(a, Start(block)), Deviation(b, Start(block)));
            var detail = LostDetail * Math.Pow(Math.Max(deviations[block].A, deviations[block].B), 2);
            agrees[block] = residuals[block] * residuals[block] <= (Noise * Noise) + detail;

            // What does not agree at all would make its neighbours seem to move.
            motions[block] = agrees[block] ? BlockMotion.Of(a, b, Start(block), BlockSide, Side) : default;
        }

        int agreeing = 0, textured = 0, changed = 0, moved = 0, onlyA = 0, onlyB = 0;
        for (var block = 0; block < Blocks; block++)
        {
            var (deviationA, deviationB) = deviations[block];
            var deviation = Math.Max(deviationA, deviationB);
            agreeing += agrees[block] ? 1 : 0;
            if (deviation < Texture)
            {
                changed += agrees[block] ? 0 : 1;
                continue;
            }

            textured++;
            var isMoved = agrees[block] && MotionAround(motions, block).Shift() > Displacement;
            moved += isMoved ? 1 : 0;
            if (agrees[block] && !isMoved)
            {
                continue;
            }

            onlyA += deviationB < deviationA / 3 ? 1 : 0;
            onlyB += deviationA < deviationB / 3 ? 1 : 0;
            changed += Math.Min(deviationA, deviationB) >= deviation / 3 ? 1 : 0;
        }

        // What is on the one only here and on the other only there has moved.
        changed += 2 * Math.Min(onlyA, onlyB);
        var among = (double)Math.Max(textured, Blocks / 4);
        return new BlockStatistics(
            correlation, agreeing / (double)Blocks, Math.Min(1, changed / among), moved / among, Math.Abs(onlyA - onlyB) / (double)Blocks,
            Math.Max(Paper(a), Paper(b)));
    }

    private static int Start(int block) => ((Margin + (block / BlocksPerSide * BlockSide)) * Side) + Margin + (block % BlocksPerSide * BlockSide);

    private static double Residual(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int start)
    {
        double squares = 0;
        for (var row = 0; row < BlockSide; row++)
        {
            for (var at = start + (row * Side); at < start + (row * Side) + BlockSide; at++)
            {
                var difference = b[at] - a[at];
                squares += difference * difference;
            }
        }

        return Math.Sqrt(squares / (BlockSide * BlockSide));
    }

    private static double Deviation(ReadOnlySpan<float> picture, int start)
    {
        double sum = 0, squares = 0;
        for (var row = 0; row < BlockSide; row++)
        {
            foreach (var value in picture.Slice(start + (row * Side), BlockSide))
            {
                sum += value;
                squares += value * value;
            }
        }

        const int count = BlockSide * BlockSide;
        return Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * (sum / count))));
    }

    /// <summary>The blocks that agree best, in the line that is returned and in <paramref name="used"/>.</summary>
    private static LinearFit FitBlocks(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<double> residuals, double most, Span<bool> used)
    {
        used.Clear();
        var fit = new LinearFit();
        for (var block = 0; block < Blocks; block++)
        {
            if (residuals[block] <= most)
            {
                for (var row = 0; row < BlockSide; row++)
                {
                    var at = Start(block) + (row * Side);
                    fit.Add(a.Slice(at, BlockSide), b.Slice(at, BlockSide));
                    used.Slice(at, BlockSide).Fill(true);
                }
            }
        }

        return fit;
    }

    /// <summary>The motion of a block and its four neighbours together: noise differs from block to block, motion does not.</summary>
    private static BlockMotion MotionAround(ReadOnlySpan<BlockMotion> motions, int block)
    {
        var (x, y) = (block % BlocksPerSide, block / BlocksPerSide);
        var motion = motions[block];
        motion = x > 0 ? motion.With(motions[block - 1]) : motion;
        motion = x < BlocksPerSide - 1 ? motion.With(motions[block + 1]) : motion;
        motion = y > 0 ? motion.With(motions[block - BlocksPerSide]) : motion;
        return y < BlocksPerSide - 1 ? motion.With(motions[block + BlocksPerSide]) : motion;
    }

    private static double Paper(ReadOnlySpan<float> picture)
    {
        Span<int> counts = stackalloc int[32];
        foreach (var value in picture)
        {
            counts[Math.Clamp((int)value / 8, 0, 31)]++;
        }

        var most = 0;
        for (var bin = 1; bin < counts.Length; bin++)
        {
            most = Math.Max(most, counts[bin - 1] + counts[bin]);
        }

        return most / (double)picture.Length;
    }
}
