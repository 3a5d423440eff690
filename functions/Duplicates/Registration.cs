namespace Serverless.Duplicates;

/// <summary>
/// Lays one picture on another to a fraction of a point: Gauss-Newton steps over the place, the scale both ways, brightness and
/// contrast, with little weight for what does not fit at all (a watermark, a logo).
/// </summary>
internal static class Registration
{
    private const int Unknowns = 6;
    /// <summary>Points at the edge that are not looked at: a border shines into them.</summary>
    private const int EdgeLeftOut = 2;

    private const double LeastScale = 0.72;
    private const double Margin = 0.03;

    public static Placement Refine(LumaPicture whole, LumaPicture part, Placement start, int side, int steps)
    {
        var picture = whole.At(side);
        var target = part.At(side);
        Span<float> sample = stackalloc float[side * side];
        Span<double> normal = stackalloc double[Unknowns * (Unknowns + 1)];
        Span<double> change = stackalloc double[Unknowns];
        var placement = start;
        placement.Sample(picture, side, sample);
        var fit = new LinearFit();
        fit.Add(sample, target);
        var (gain, offset) = (fit.Gain, fit.Offset);
        for (var step = 0; step < steps; step++)
        {
            Accumulate(sample, target, side, gain, offset, normal);
            if (!LinearSystem.TrySolve(normal, Unknowns))
            {
                return placement;
            }

            // The unknowns: shift both ways in points, scale both ways about the middle, brightness, contrast.
            for (var row = 0; row < Unknowns; row++)
            {
                change[row] = normal[(row * (Unknowns + 1)) + Unknowns];
            }

            if (Moved(placement, change, side) is not { } moved)
            {
                return placement;
            }

            (placement, gain, offset) = (moved, gain + change[4], offset + change[5]);
            placement.Sample(picture, side, sample);
            if (Math.Abs(change[0]) + Math.Abs(change[1]) + ((Math.Abs(change[2]) + Math.Abs(change[3])) * side / 2) < 0.02)
            {
                break;
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
        return scaleX is >= LeastScale and <= 1 + (2 * Margin) && scaleY is >= LeastScale and <= 1 + (2 * Margin)
            && x >= -Margin && y >= -Margin && x + scaleX <= 1 + Margin && y + scaleY <= 1 + Margin
            ? new Placement(scaleX, scaleY, x, y)
            : null;
    }

    private static void Accumulate(ReadOnlySpan<float> sample, ReadOnlySpan<float> target, int side, double gain, double offset, Span<double> normal)
    {
        normal.Clear();
        double sum = 0;
        for (var at = 0; at < sample.Length; at++)
        {
            sum += Math.Abs(target[at] - (gain * sample[at]) - offset);
        }

        var limit = Math.Max(6, 2 * sum / sample.Length);
        Span<double> row = stackalloc double[Unknowns + 1];
        for (var y = EdgeLeftOut; y < side - EdgeLeftOut; y++)
        {
            for (var x = EdgeLeftOut; x < side - EdgeLeftOut; x++)
            {
                var at = (y * side) + x;
                var error = target[at] - (gain * sample[at]) - offset;
                var weight = 1 / (1 + (error / limit * (error / limit)));
                weight *= weight;
                row[0] = gain * (sample[at + 1] - sample[at - 1]) / 2;
                row[1] = gain * (sample[at + side] - sample[at - side]) / 2;
                row[2] = row[0] * (x + 0.5 - (side / 2.0));
                row[3] = row[1] * (y + 0.5 - (side / 2.0));
                row[4] = sample[at];
                row[5] = 1;
                row[6] = error;
                for (var i = 0; i < Unknowns; i++)
                {
                    var weighted = weight * row[i];
                    for (var j = i; j <= Unknowns; j++)
                    {
                        normal[(i * (Unknowns + 1)) + j] += weighted * row[j];
                    }
                }
            }
        }

        for (var i = 1; i < Unknowns; i++)
        {
            for (var j = 0; j < i; j++)
            {
                normal[(i * (Unknowns + 1)) + j] = normal[(j * (Unknowns + 1)) + i];
            }
        }
    }
}
