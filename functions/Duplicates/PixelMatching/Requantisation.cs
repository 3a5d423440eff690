namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Tests whether one of two pictures that lie point on point is the other one, written as the JPEG that it is: each coefficient
/// of a block of 8 × 8 points is then off by half of the step that the file names, and no more. Strong compression leaves much
/// at a letter's edge, yet within these bounds; another letter is off by many times as much.
/// </summary>
/// <param name="plain">The one, with the tones of the other.</param>
/// <param name="written">The one that may be written from it.</param>
/// <param name="steps">As its file names them.</param>
/// <param name="startX">The column of the written picture in which the planes begin.</param>
/// <param name="startY">The row.</param>
internal sealed class Requantisation(Plane plain, Plane written, float[] steps, int startX, int startY)
{
    private const int Side = BlockTransform.Side;

    /// <summary>Levels of a coefficient that rounding to whole levels leaves, at most.</summary>
    private const float Slack = 2.5f;

    /// <summary>
    /// Mean square of what the coefficients are off by, in half steps: rounding leaves a third where they are large, and .44 at most.
    /// </summary>
    private const float MostOnAverage = 0.5f;

    /// <summary>Half steps that a coefficient is off in a block with clipped colours, at most.</summary>
    private const float MostOfCut = 2;

    /// <summary>The step of the mean beyond which (below quality 24) small print loses its letters, and no window is explained.</summary>
    private const float MostOfMean = 34;

    /// <summary>
    /// Half steps from which on a block shows something else: colours that are cut off leave seven, and less where they are few.
    /// </summary>
    private const float Other = 8;
    private const float OtherAmongExplained = 6;

    /// <summary>
    /// Steps as fine as this or finer count as this; where there is colour as the second: what is cut off does not become less with
    /// them.
    /// </summary>
    private const float Fine = 4;
    private const float Coarse = 16;

    /// <summary>
    /// Share of the blocks with something in them that must be explained before one that is not says anything, that of most, and the least
    /// of them.
    /// </summary>
    private const double LeastExplained = 0.5;
    private const double MostlyExplained = 0.9;
    private const int LeastBlocks = 20;

    /// <summary>Levels between the darkest and the brightest point from which on a block has something in it.</summary>
    private const int Texture = 16;

    /// <summary>Levels from which on what a block lost may have been cut off at black or white.</summary>
    private const int Black = 2;
    private const int White = 253;

    private readonly int left = -(startX % Side);
    private readonly int top = -(startY % Side);
    private readonly Dictionary<int, bool> known = [];

    /// <summary>
    /// The steps of the plain one's file if it is a JPEG with aligned blocks: both may be written from a third picture, and then they
    /// differ by the rounding of both.
    /// </summary>
    public float[]? StepsOfPlain { get; init; }

    /// <summary>Whether colours are clipped in the block at a pixel: that changes its brightness.</summary>
    public Func<int, int, bool> IsCut { get; init; } = (_, _) => false;

    /// <summary>Whether all blocks that reach into a rectangle are explained; in points, right and bottom outside.</summary>
    public bool Explains(int fromX, int fromY, int toX, int toY)
    {
        for (var y = (fromY - top) / Side; (y * Side) + top < Math.Min(toY, plain.Height); y++)
        {
            for (var x = (fromX - left) / Side; (x * Side) + left < Math.Min(toX, plain.Width); x++)
            {
                if (!Explains(x, y))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>
    /// Compares all blocks with something in them. Where most are not explained, the one was not written from the other, or not
    /// without changing tones or sharpness, and nothing follows.
    /// </summary>
    /// <param name="isGrey">Whether the block at a point has no colour in either picture, so that none can have been cut off.</param>
    /// <returns>The blocks that show something else, by their upper left points; half steps that the worst is off.</returns>
    public (IReadOnlyList<(int X, int Y)> Others, float Most)? Compare(Func<int, int, bool>? isGrey = null)
    {
        var (others, textured, explained, worst) = (new List<(int X, int Y, float Off)>(), 0, 0, 0f);
        Span<float> from = stackalloc float[BlockTransform.Points],
            to = stackalloc float[BlockTransform.Points];
        for (var y = top < 0 ? top + Side : 0; y + Side <= plain.Height; y += Side)
        {
            for (var x = left < 0 ? left + Side : 0; x + Side <= plain.Width; x += Side)
            {
                if (!IsTextured(plain, x, y) && !IsTextured(written, x, y))
                {
                    continue;
                }

                var off = Measure(x, y, null, from, to);
                worst = Math.Max(worst, off.Most);
                textured++;
                explained += off.Most <= 1 ? 1 : 0;
                var other = off.Most > OtherAmongExplained && isGrey?.Invoke(x, y) == true ? off.Most : off.MostOfCoarse;
                if (other > OtherAmongExplained)
                {
                    others.Add((x, y, other));
                }
            }
        }

        var least = explained >= MostlyExplained * textured ? OtherAmongExplained : Other;
        return textured >= LeastBlocks && explained >= LeastExplained * textured
            ? ([.. others.Where(block => block.Off > least).Select(block => (block.X, block.Y))], worst)
            : null;
    }

    private static bool IsTextured(Plane plane, int startX, int startY)
    {
        var (least, most) = (255, 0);
        for (var y = startY; y < startY + Side; y++)
        {
            foreach (var level in plane.Values.AsSpan((y * plane.Width) + startX, Side))
            {
                (least, most) = (Math.Min(least, level), Math.Max(most, level));
            }
        }

        return most - least >= Texture;
    }

    private bool Explains(int column, int row)
    {
        var key = (row << 16) | column;
        if (!known.TryGetValue(key, out var isExplained))
        {
            Span<float> from = stackalloc float[BlockTransform.Points],
                to = stackalloc float[BlockTransform.Points];
            var (x, y) = ((column * Side) + left, (row * Side) + top);
            var off = Measure(x, y, StepsOfPlain, from, to);
            known[key] = isExplained =
                steps[0] <= MostOfMean && off.Average <= MostOnAverage && (off.Most <= 1 || (off.Most <= MostOfCut && IsCut(x, y)));
        }

        return isExplained;
    }

    /// <summary>
    /// By how many half steps the coefficients are off: at most, the same where fine steps count as coarser ones, and as a mean square.
    /// </summary>
    private (float Most, float MostOfCoarse, float Average) Measure(
        int startX,
        int startY,
        float[]? besides,
        Span<float> from,
        Span<float> to
    )
    {
        var isCut = false;
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var at = (y * Side) + x;
                from[at] = plain.Nearest(startX + x, startY + y);
                to[at] = written.Nearest(startX + x, startY + y);
                isCut |= to[at] is <= Black or >= White;
            }
        }

        if (isCut)
        {
            Uncut(from, to);
        }

        for (var at = 0; at < from.Length; at++)
        {
            from[at] -= to[at];
        }

        BlockTransform.Forth(from, to);
        var (most, coarse, sum) = (0f, 0f, 0f);
        for (var at = 0; at < to.Length; at++)
        {
            var off = Math.Max(0, Math.Abs(to[at]) - Slack) * 2;
            var more = besides is null ? 0 : besides[at];
            (most, coarse) = (
                Math.Max(most, off / (Math.Max(steps[at], Fine) + more)),
                Math.Max(coarse, off / (Math.Max(steps[at], Coarse) + more))
            );
            sum += to[at] * to[at] / ((((steps[at] * steps[at]) + (more * more)) / 4) + Slack);
        }

        return (most, coarse, sum / to.Length);
    }

    /// <summary>What was cut off at black and white, taken from what writing it now would give there.</summary>
    private void Uncut(ReadOnlySpan<float> from, Span<float> to)
    {
        Span<float> coefficients = stackalloc float[BlockTransform.Points],
            now = stackalloc float[BlockTransform.Points];
        BlockTransform.Forth(from, coefficients);
        for (var at = 0; at < coefficients.Length; at++)
        {
            // Levels count from their middle in a file; the mean is eight times as large.
            var zero = at == 0 ? 128 * Side : 0;
            coefficients[at] = (MathF.Round((coefficients[at] - zero) / steps[at]) * steps[at]) + zero;
        }

        BlockTransform.Back(coefficients, now);
        for (var at = 0; at < to.Length; at++)
        {
            to[at] =
                to[at] >= White ? Math.Max(to[at], now[at])
                : to[at] <= Black ? Math.Min(to[at], now[at])
                : to[at];
        }
    }
}
