namespace Serverless.Duplicates.PixelMatching;

/// <summary>Sums over the 4 × 4 points of each whole cell of two planes on one grid.</summary>
/// <param name="A">Of the one.</param>
/// <param name="B">Of the other.</param>
/// <param name="Aa">Of squares.</param>
/// <param name="Bb">Of squares.</param>
/// <param name="Dd">Of squared differences.</param>
internal readonly record struct CellSums(int A, int B, int Aa, int Bb, int Dd)
{
    public static CellSums operator +(CellSums one, CellSums two) =>
        new(one.A + two.A, one.B + two.B, one.Aa + two.Aa, one.Bb + two.Bb, one.Dd + two.Dd);
}

/// <summary>What windows of a few cells have in common, from the sums of the cells.</summary>
internal sealed class CellStatistics
{
    public const int Side = SharedScene.Cell;

    private readonly CellSums[] cells;

    private CellStatistics(CellSums[] cells, int across, int down) => (this.cells, Across, Down) = (cells, across, down);

    public int Across { get; }

    public int Down { get; }

    public CellSums this[int x, int y] => cells[(y * Across) + x];

    /// <summary>The sums of cells that lie wholly on the planes; of planes smaller than a cell there are none.</summary>
    public static CellStatistics Of(Plane a, Plane b)
    {
        var (across, down) = (a.Width / Side, a.Height / Side);
        var cells = new CellSums[across * down];
        for (var y = 0; y < down * Side; y++)
        {
            var rowA = a.Row(y);
            var rowB = b.Row(y);
            for (var x = 0; x < across; x++)
            {
                var sums = cells[(y / Side * across) + x];
                for (var at = x * Side; at < (x + 1) * Side; at++)
                {
                    int p = rowA[at], q = rowB[at];
                    sums += new CellSums(p, q, p * p, q * q, (p - q) * (p - q));
                }

                cells[(y / Side * across) + x] = sums;
            }
        }

        return new CellStatistics(cells, across, down);
    }

    /// <summary>A window of so many cells a side, cut at the edges.</summary>
    public WindowStatistics Window(int left, int top, int side)
    {
        var sums = default(CellSums);
        var count = 0;
        for (var y = Math.Max(0, top); y < Math.Min(Down, top + side); y++)
        {
            for (var x = Math.Max(0, left); x < Math.Min(Across, left + side); x++)
            {
                sums += this[x, y];
                count++;
            }
        }

        return WindowStatistics.Of(sums, count * Side * Side);
    }
}

/// <summary>Mean, variance and difference of a window of two planes.</summary>
/// <param name="MeanA">Of the one.</param>
/// <param name="MeanB">Of the other.</param>
/// <param name="VarianceA">Of the one.</param>
/// <param name="VarianceB">Of the other.</param>
/// <param name="Covariance">Of both.</param>
/// <param name="Error">Mean squared difference.</param>
internal readonly record struct WindowStatistics(double MeanA, double MeanB, double VarianceA, double VarianceB, double Covariance, double Error)
{
    public double MostVariance => Math.Max(VarianceA, VarianceB);

    /// <summary>Normalised, in [-1, 1]; 0 where one of the two is flat.</summary>
    public double Correlation => VarianceA < 1 || VarianceB < 1 ? 0 : Covariance / Math.Sqrt(VarianceA * VarianceB);

    public static WindowStatistics Of(CellSums sums, int count)
    {
        if (count == 0)
        {
            return default;
        }

        double a = (double)sums.A / count, b = (double)sums.B / count;
        var (aa, bb) = (Math.Max(0, ((double)sums.Aa / count) - (a * a)), Math.Max(0, ((double)sums.Bb / count) - (b * b)));
        var error = (double)sums.Dd / count;
        return new WindowStatistics(a, b, aa, bb, (aa + bb - (error - ((a - b) * (a - b)))) / 2, error);
    }
}
