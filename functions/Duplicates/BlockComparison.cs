namespace Serverless.Duplicates;

/// <summary>
/// Compares two aligned 64 × 64 luma pictures in 8 × 8 blocks, after brightness and contrast are fitted. The fit is made again
/// on the three quarters of the blocks that agree best, so that a watermark does not spoil it for the rest.
/// </summary>
internal static class BlockComparison
{
    private const int Side = LumaAligner.Side;
    private const int BlockSide = 8;
    private const int BlocksPerSide = Side / BlockSide;
    private const int Blocks = BlocksPerSide * BlocksPerSide;
    private const int Kept = Blocks * 3 / 4;
    private const int Refits = 3;

    /// <summary>Luma steps (root mean square in a block) up to which a difference is that of compression and resizing.</summary>
    private const double Noise = 9;

    /// <summary>The correlation over the blocks that agree best, and the share of all blocks that agree.</summary>
    public static (double Correlation, double Agreement) Compare(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var fit = new LinearFit();
        fit.Add(a, b);
        Span<double> residuals = stackalloc double[Blocks];
        Span<double> sorted = stackalloc double[Blocks];
        for (var round = 0; ; round++)
        {
            Residuals(a, b, fit, residuals);
            if (round == Refits)
            {
                break;
            }

            residuals.CopyTo(sorted);
            sorted.Sort();
            fit = FitBlocks(a, b, residuals, sorted[Kept - 1]);
        }

        var agreeing = 0;
        foreach (var residual in residuals)
        {
            agreeing += residual <= Noise ? 1 : 0;
        }

        return (fit.Correlation, agreeing / (double)Blocks);
    }

    private static LinearFit FitBlocks(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<double> residuals, double most)
    {
        var fit = new LinearFit();
        for (var block = 0; block < Blocks; block++)
        {
            if (residuals[block] <= most)
            {
                for (var row = 0; row < BlockSide; row++)
                {
                    fit.Add(Row(a, block, row), Row(b, block, row));
                }
            }
        }

        return fit;
    }

    private static void Residuals(ReadOnlySpan<float> a, ReadOnlySpan<float> b, LinearFit fit, Span<double> residuals)
    {
        var (gain, offset) = (fit.Gain, fit.Offset);
        for (var block = 0; block < Blocks; block++)
        {
            double squares = 0;
            for (var row = 0; row < BlockSide; row++)
            {
                var rowA = Row(a, block, row);
                var rowB = Row(b, block, row);
                for (var column = 0; column < BlockSide; column++)
                {
                    var difference = rowB[column] - offset - (gain * rowA[column]);
                    squares += difference * difference;
                }
            }

            residuals[block] = Math.Sqrt(squares / (BlockSide * BlockSide));
        }
    }

    private static ReadOnlySpan<float> Row(ReadOnlySpan<float> picture, int block, int row) =>
        picture.Slice((((block / BlocksPerSide * BlockSide) + row) * Side) + (block % BlocksPerSide * BlockSide), BlockSide);
}
