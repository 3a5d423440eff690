namespace Serverless.Features;

/// <summary>How well a picture agrees with its mirror image.</summary>
internal static class Symmetry
{
    private const double LeastVariance = 1e-5;

    /// <summary>Correlation of the colours, left to right, 0 to 1; 0 for a picture of one colour.</summary>
    public static double Of(CellGrid cells)
    {
        const int side = CellGrid.Side;
        var count = (double)(side * side);
        var mean = new OkLab(cells.Means.Sum(c => c.L) / count, cells.Means.Sum(c => c.A) / count, cells.Means.Sum(c => c.B) / count);
        var (own, mirrored) = (0.0, 0.0);
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var (here, there) = (cells[x, y], cells[side - 1 - x, y]);
                own += here.SquaredDistanceTo(mean);
                mirrored +=
                    ((here.L - mean.L) * (there.L - mean.L))
                    + ((here.A - mean.A) * (there.A - mean.A))
                    + ((here.B - mean.B) * (there.B - mean.B));
            }
        }

        return own / count < LeastVariance ? 0 : Math.Clamp(mirrored / own, 0, 1);
    }
}
