namespace Serverless.Features;

/// <summary>A picture as 32 × 32 cells: the mean colour of each, and how much its points differ.</summary>
internal sealed class CellGrid
{
    public const int Side = 32;

    private const int CellPoints = ColourPoints.Side / Side;

    private readonly OkLab[] means = new OkLab[Side * Side];
    private readonly double[] spreads = new double[Side * Side];

    public CellGrid(ColourPoints points)
    {
        for (var cell = 0; cell < means.Length; cell++)
        {
            (means[cell], spreads[cell]) = Summary(points, cell % Side * CellPoints, cell / Side * CellPoints);
        }
    }

    public OkLab this[int x, int y] => means[(y * Side) + x];

    public IReadOnlyList<OkLab> Means => means;

    /// <summary>Standard deviation of the points of a cell, as a distance in OKLab.</summary>
    public double SpreadAt(int x, int y) => spreads[(y * Side) + x];

    public static bool IsAtEdge(int x, int y, int width) => Math.Min(Math.Min(x, Side - 1 - x), Math.Min(y, Side - 1 - y)) < width;

    private static (OkLab Mean, double Spread) Summary(ColourPoints points, int left, int top)
    {
        var (l, a, b, squares) = (0.0, 0.0, 0.0, 0.0);
        for (var y = top; y < top + CellPoints; y++)
        {
            for (var x = left; x < left + CellPoints; x++)
            {
                var colour = points[x, y];
                (l, a, b) = (l + colour.L, a + colour.A, b + colour.B);
                squares += (colour.L * colour.L) + (colour.A * colour.A) + (colour.B * colour.B);
            }
        }

        const double count = CellPoints * CellPoints;
        var mean = new OkLab(l / count, a / count, b / count);
        return (mean, Math.Sqrt(Math.Max(0, (squares / count) - mean.SquaredDistanceTo(default))));
    }
}
