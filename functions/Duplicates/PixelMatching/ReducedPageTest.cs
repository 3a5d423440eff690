namespace Serverless.Duplicates.PixelMatching;

/// <summary>Where a smaller copy shows another letter than the page does, block by block.</summary>
internal static class ReducedPageTest
{
    private const int Side = BlockTransform.Side;

    /// <summary>Levels between the darkest and the brightest point from which on a block has something in it.</summary>
    private const int Texture = 16;

    /// <summary>Squared levels of a coefficient that rounding and the window leave.</summary>
    private const float Slack = 1.5f;

    /// <summary>Times what like blocks leave, and what rounding to the steps of the file leaves, that another letter does.</summary>
    private const double Times = 8;
    private const double LeastOff = 6;

    /// <summary>Root mean square, in levels, below which no block differs.</summary>
    private const double LeastError = 4;

    /// <summary>Off by one counts as much in <see cref="LikePlaces"/>, which knows whole numbers.</summary>
    private const double Fine = 64;

    /// <param name="page">The page, drawn as the copy was.</param>
    /// <param name="copy">The smaller copy.</param>
    /// <param name="steps">Those of its file; null if it is no JPEG.</param>
    /// <param name="start">The column and row of its file in which the planes begin.</param>
    public static IReadOnlyList<(int X, int Y)> Others(ReducedPage page, Plane copy, float[]? steps, (int X, int Y) start)
    {
        var (blocks, places) = (new List<Block>(), new LikePlaces());
        for (var y = First(start.Y); y + Side + ReductionFilter.Reach <= copy.Height; y += Side)
        {
            for (var x = First(start.X); x + Side + ReductionFilter.Reach <= copy.Width; x += Side)
            {
                if (Measure(page, copy, steps, x, y) is { } block)
                {
                    blocks.Add(block);
                    places.Add(block.Texture, block.Texture, Fine * block.Off);
                }
            }
        }

        places.Close();
        return
        [
            .. blocks
                .Where(block =>
                    block is { Off: > LeastOff, Error: > LeastError }
                    && places.Expected(block.Texture, block.Texture) is var expected
                    && Fine * block.Off > Times * expected
                )
                .Select(block => (block.X, block.Y)),
        ];
    }

    /// <summary>Where the first whole block begins, with the reach of the filter before it.</summary>
    private static int First(int start)
    {
        var first = (Side - (start % Side)) % Side;
        return first < ReductionFilter.Reach ? first + Side : first;
    }

    private static Block? Measure(ReducedPage page, Plane copy, float[]? steps, int startX, int startY)
    {
        Span<float> off = stackalloc float[BlockTransform.Points],
            waves = stackalloc float[BlockTransform.Points];
        var (least, most, sum, squares, error) = (255, 0, 0.0, 0.0, 0.0);
        for (var at = 0; at < off.Length; at++)
        {
            var (x, y) = (startX + (at % Side), startY + (at / Side));
            int level = copy.Row(y)[x];
            off[at] = page.Filter.At(page.Drawn, x, y) - level;
            var expected = level + (int)off[at];
            (least, most) = (Math.Min(least, Math.Min(level, expected)), Math.Max(most, Math.Max(level, expected)));
            (sum, squares, error) = (sum + level, squares + (level * level), error + (off[at] * off[at]));
        }

        if (most - least < Texture)
        {
            return null;
        }

        BlockTransform.Forth(off, waves);
        var beyond = 0.0;
        for (var at = 0; at < waves.Length; at++)
        {
            var step = steps is null ? 0 : steps[at];
            beyond += waves[at] * waves[at] / ((step * step / 12) + Slack);
        }

        var mean = sum / BlockTransform.Points;
        return new Block(
            startX,
            startY,
            (squares / BlockTransform.Points) - (mean * mean),
            beyond / BlockTransform.Points,
            Math.Sqrt(error / BlockTransform.Points)
        );
    }

    /// <param name="X">Of its upper left point.</param>
    /// <param name="Y">From above.</param>
    /// <param name="Texture">Its variance.</param>
    /// <param name="Off">Mean square of what its coefficients are off by: one where only rounding is left.</param>
    /// <param name="Error">Root mean square of the difference in levels.</param>
    private readonly record struct Block(int X, int Y, double Texture, double Off, double Error);
}
