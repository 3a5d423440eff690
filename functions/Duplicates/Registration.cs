namespace Serverless.Duplicates;

/// <summary>
/// Lays one picture on another to a fraction of a point: Gauss-Newton steps over the place, the scale both ways, brightness and
/// contrast, with little weight for what does not fit at all (a watermark, a logo).
/// </summary>
internal static class Registration
{
    private const double LeastScale = 0.72;
    private const double Margin = 0.03;

    /// <summary>Points of change below which a step was the last.</summary>
    private const double Settled = 0.02;

    public static Placement Refine(LumaPicture whole, LumaPicture part, Placement start, int side, int steps)
    {
        var picture = whole.At(side);
        var target = part.At(side);
        Span<float> sample = stackalloc float[side * side];
        Span<double> normal = stackalloc double[NormalEquations.Size];
        Span<double> change = stackalloc double[NormalEquations.Unknowns];
        var placement = start;
        placement.Sample(picture, side, sample);
        var fit = LinearFit.Of(sample, target);
        var (gain, offset) = (fit.Gain, fit.Offset);
        for (var step = 0; step < steps; step++)
        {
            NormalEquations.Accumulate(sample, target, side, gain, offset, normal);
            if (!LinearSystem.TrySolve(normal, NormalEquations.Unknowns))
            {
                return placement;
            }

            // The unknowns: shift both ways in points, scale both ways about the middle, brightness, contrast.
            for (var row = 0; row < change.Length; row++)
            {
                change[row] = normal[(row * NormalEquations.Width) + NormalEquations.Unknowns];
            }

            if (Moved(placement, change, side) is not { } moved)
            {
                return placement;
            }

            (placement, gain, offset) = (moved, gain + change[4], offset + change[5]);
            if (Math.Abs(change[0]) + Math.Abs(change[1]) + ((Math.Abs(change[2]) + Math.Abs(change[3])) * side / 2) < Settled)
            {
                break;
            }

            if (step + 1 < steps)
            {
                placement.Sample(picture, side, sample);
            }
        }

        return placement;
    }

    /// <summary>The placement after a step; null where it leaves what a crop or border may be.</summary>
    private static Placement? Moved(Placement placement, ReadOnlySpan<double> change, int side)
    {
        var scaleX = placement.ScaleX * (1 + change[2]);
        var scaleY = placement.ScaleY * (1 + change[3]);
        var x = placement.X + (change[0] * placement.ScaleX / side) + ((placement.ScaleX - scaleX) / 2);
        var y = placement.Y + (change[1] * placement.ScaleY / side) + ((placement.ScaleY - scaleY) / 2);
        return
            scaleX is >= LeastScale and <= 1 + (2 * Margin)
            && scaleY is >= LeastScale and <= 1 + (2 * Margin)
            && x >= -Margin
            && y >= -Margin
            && x + scaleX <= 1 + Margin
            && y + scaleY <= 1 + Margin
            ? new Placement(scaleX, scaleY, x, y)
            : null;
    }
}
