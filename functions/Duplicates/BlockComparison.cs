namespace Serverless.Duplicates;

/// <summary>
/// Compares two aligned 128 × 128 luma pictures in 8 × 8 blocks, after matching tones. The fit is repeated on the best three quarters of
/// the blocks, so that a watermark does not spoil it for the rest. The outermost pixels are skipped: a border bleeds into them.
/// </summary>
internal static class BlockComparison
{
    private const int Side = LumaPicture.Side;
    private const int Margin = 4;
    private const int BlockSide = Block.Side;
    private const int BlocksPerSide = (Side - (2 * Margin)) / BlockSide;
    private const int Blocks = BlocksPerSide * BlocksPerSide;
    private const int Kept = Blocks * 3 / 4;
    private const int Refits = 2;

    /// <summary>Every third point is enough to say how many have one brightness.</summary>
    private const int DominantToneStride = 3;

    /// <summary>Maximum difference attributed to compression, in luma levels (root mean square in a block).</summary>
    private const double Noise = 4;

    /// <summary>Share of a block's own variance that compression and resizing may take on top.</summary>
    private const double LostDetail = 0.2;

    /// <summary>Minimum standard deviation of a textured block.</summary>
    private const double Texture = 5;

    /// <summary>Share of the picture that a rectangle around a mark may take.</summary>
    private const double MarkArea = 0.2;

    /// <summary>A block counts as empty below 1/9 of the other's variance (1/3 of its standard deviation).</summary>
    private const double Little = 1 / 9.0;

    /// <summary>
    /// Displacement of a block's content, in pixels, that counts as motion: more than registration error, less than motion between two
    /// shots.
    /// </summary>
    private const double Displacement = 0.25;

    public static BlockStatistics Compare(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Span<float> toned = stackalloc float[Side * Side];
        Span<bool> used = stackalloc bool[Side * Side];
        Span<float> levels = stackalloc float[ToneCurve.Size];
        Span<Block> blocks = stackalloc Block[Blocks];
        Span<double> sorted = stackalloc double[Blocks];
        used.Fill(true);
        var line = LinearFit.Of(a, b);
        var curve = new ToneCurve(levels);
        for (var round = 0; ; round++)
        {
            curve.Fit(a, b, used, line);
            curve.Apply(a, toned);
            for (var block = 0; block < Blocks; block++)
            {
                blocks[block] = Block.Of(toned, b, Start(block), Side);
                sorted[block] = blocks[block].Difference;
            }

            if (round == Refits)
            {
                break;
            }

            sorted.Sort();
            line = FitBlocks(a, b, blocks, sorted[Kept - 1], used);
        }

        return Count(toned, b, blocks, line);
    }

    private static BlockStatistics Count(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<Block> blocks, LinearFit line)
    {
        Span<BlockMotion> motions = stackalloc BlockMotion[Blocks];
        Span<bool> agrees = stackalloc bool[Blocks];
        var clipping = Clipping.Of(line);
        for (var at = 0; at < Blocks; at++)
        {
            var block = blocks[at];
            var isClipped = clipping.Explains(block, block.Variance < Texture * Texture, Noise * Noise);
            agrees[at] = isClipped || block.Difference <= (Noise * Noise) + (LostDetail * block.Variance);

            // What does not agree at all would make its neighbours seem to move.
            motions[at] = agrees[at] ? BlockMotion.Of(a, b, Start(at), Side, isClipped ? block.Line : (1, 0)) : default;
        }

        int agreeing = 0,
            textured = 0,
            changed = 0,
            moved = 0,
            onlyA = 0,
            onlyB = 0;
        var where = Box.Empty;
        for (var block = 0; block < Blocks; block++)
        {
            var (varianceA, varianceB, variance) = (blocks[block].VarianceA, blocks[block].VarianceB, blocks[block].Variance);
            agreeing += agrees[block] ? 1 : 0;
            if (variance < Texture * Texture)
            {
                changed += agrees[block] ? 0 : 1;
                where = agrees[block] ? where : where.With(block % BlocksPerSide, block / BlocksPerSide);
                continue;
            }

            textured++;
            var isMoved = agrees[block] && MotionAround(motions, block).Shift() > Displacement;
            moved += isMoved ? 1 : 0;
            if (agrees[block] && !isMoved)
            {
                continue;
            }

            var least = Little * variance;
            var isOnlyA = varianceB < least;
            var isOnlyB = varianceA < least;
            onlyA += isOnlyA ? 1 : 0;
            onlyB += isOnlyB ? 1 : 0;
            changed += isOnlyA || isOnlyB ? 0 : 1;
            where = where.With(block % BlocksPerSide, block / BlocksPerSide);
        }

        // What is on the one only here and on the other only there has moved.
        changed += 2 * Math.Min(onlyA, onlyB);
        var among = (double)Math.Max(textured, Blocks / 4);
        return new BlockStatistics(
            line.Correlation,
            agreeing / (double)Blocks,
            Math.Min(1, changed / among),
            moved / among,
            Math.Abs(onlyA - onlyB) / (double)Blocks,
            Math.Max(DominantToneShare(a), DominantToneShare(b)),
            clipping.Room > 0,
            where.Area <= MarkArea * Blocks
        );
    }

    private static int Start(int block) =>
        ((Margin + (block / BlocksPerSide * BlockSide)) * Side) + Margin + (block % BlocksPerSide * BlockSide);

    /// <summary>The blocks that agree best, in the line that is returned and in <paramref name="used"/>.</summary>
    private static LinearFit FitBlocks(
        ReadOnlySpan<float> a,
        ReadOnlySpan<float> b,
        ReadOnlySpan<Block> blocks,
        double most,
        Span<bool> used
    )
    {
        used.Clear();
        var fit = new LinearFit();
        for (var block = 0; block < Blocks; block++)
        {
            if (blocks[block].Difference <= most)
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

    /// <summary>The smallest rectangle around some blocks.</summary>
    private readonly record struct Box(int Left, int Top, int Right, int Bottom)
    {
        public static Box Empty { get; } = new(BlocksPerSide, BlocksPerSide, -1, -1);

        public int Area => Right < Left ? 0 : (Right - Left + 1) * (Bottom - Top + 1);

        public Box With(int x, int y) => new(Math.Min(Left, x), Math.Min(Top, y), Math.Max(Right, x), Math.Max(Bottom, y));
    }

    private static double DominantToneShare(ReadOnlySpan<float> picture)
    {
        Span<int> counts = stackalloc int[32];
        var counted = 0;
        for (var at = 0; at < picture.Length; at += DominantToneStride)
        {
            counts[Math.Clamp((int)picture[at] / 8, 0, 31)]++;
            counted++;
        }

        var most = 0;
        for (var bin = 1; bin < counts.Length; bin++)
        {
            most = Math.Max(most, counts[bin - 1] + counts[bin]);
        }

        return most / (double)counted;
    }
}
