using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>Sums over the points of some cells of two planes on one grid.</summary>
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

/// <summary>The sums over the 4 × 4 points of each whole cell of two planes; of planes smaller than a cell there are none.</summary>
internal sealed class CellStatistics
{
    public const int Side = SharedScene.Cell;

    /// <summary>Points of one vector of bytes: as many as make eight cells.</summary>
    private const int Step = 32;

    private readonly CellSums[] cells;

    private CellStatistics(CellSums[] cells, int across, int down) => (this.cells, Across, Down) = (cells, across, down);

    public int Across { get; }

    public int Down { get; }

    public CellSums this[int x, int y] => cells[(y * Across) + x];

    public ReadOnlySpan<CellSums> Row(int y) => cells.AsSpan(y * Across, Across);

    public static CellStatistics Of(Plane a, Plane b)
    {
        var (across, down) = (a.Width / Side, a.Height / Side);
        var cells = new CellSums[across * down];
        for (var y = 0; y < down; y++)
        {
            var x = 0;
            for (; (x * Side) + Step <= a.Width; x += Step / Side)
            {
                Eight(a, b, x * Side, y * Side, cells.AsSpan((y * across) + x, Step / Side));
            }

            for (; x < across; x++)
            {
                cells[(y * across) + x] = One(a, b, x * Side, y * Side);
            }
        }

        return new CellStatistics(cells, across, down);
    }

    /// <summary>A window of so many cells a side, cut at the edges.</summary>
    public WindowStatistics Window(int left, int top, int side)
    {
        var sums = default(CellSums);
        var (right, bottom) = (Math.Min(Across, left + side), Math.Min(Down, top + side));
        (left, top) = (Math.Max(0, left), Math.Max(0, top));
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                sums += this[x, y];
            }
        }

        return WindowStatistics.Of(sums, Math.Max(0, (right - left) * (bottom - top)) * Side * Side);
    }

    private static CellSums One(Plane a, Plane b, int left, int top)
    {
        var sums = default(CellSums);
        for (var y = top; y < top + Side; y++)
        {
            for (var x = left; x < left + Side; x++)
            {
                int p = a.Values[(y * a.Width) + x],
                    q = b.Values[(y * b.Width) + x];
                sums += new CellSums(p, q, p * p, q * q, (p - q) * (p - q));
            }
        }

        return sums;
    }

    /// <summary>Eight cells side by side.</summary>
    private static void Eight(Plane a, Plane b, int left, int top, Span<CellSums> cells)
    {
        ref var fromA = ref MemoryMarshal.GetArrayDataReference(a.Values);
        ref var fromB = ref MemoryMarshal.GetArrayDataReference(b.Values);
        var sums = default((Pairs A, Pairs B, Pairs Aa, Pairs Bb, Pairs Dd));
        for (var y = top; y < top + Side; y++)
        {
            var (lowA, highA) = Vector256.Widen(Vector256.LoadUnsafe(ref fromA, (nuint)((y * a.Width) + left)));
            var (lowB, highB) = Vector256.Widen(Vector256.LoadUnsafe(ref fromB, (nuint)((y * b.Width) + left)));
            var (p, q, r, s) = (lowA.AsInt16(), highA.AsInt16(), lowB.AsInt16(), highB.AsInt16());
            var (d, e) = (p - r, q - s);
            sums.A.Add(p, q, Vector256<short>.One, Vector256<short>.One);
            sums.B.Add(r, s, Vector256<short>.One, Vector256<short>.One);
            sums.Aa.Add(p, q, p, q);
            sums.Bb.Add(r, s, r, s);
            sums.Dd.Add(d, e, d, e);
        }

        for (var at = 0; at < cells.Length; at++)
        {
            cells[at] = new CellSums(sums.A[at], sums.B[at], sums.Aa[at], sums.Bb[at], sums.Dd[at]);
        }
    }

    /// <summary>Sums of the products of neighbouring points: two numbers a cell, eight cells in two vectors.</summary>
    private struct Pairs
    {
        private Vector256<int> low;
        private Vector256<int> high;

        public readonly int this[int cell] =>
            cell < 4 ? low[2 * cell] + low[(2 * cell) + 1] : high[2 * (cell - 4)] + high[(2 * (cell - 4)) + 1];

        public void Add(Vector256<short> lowA, Vector256<short> highA, Vector256<short> lowB, Vector256<short> highB)
        {
            low += Multiply(lowA, lowB);
            high += Multiply(highA, highB);
        }

        /// <summary>Products, neighbours added: one instruction where the processor has it.</summary>
        private static Vector256<int> Multiply(Vector256<short> a, Vector256<short> b)
        {
            if (System.Runtime.Intrinsics.X86.Avx2.IsSupported)
            {
                return System.Runtime.Intrinsics.X86.Avx2.MultiplyAddAdjacent(a, b);
            }

            var (evenA, evenB) = ((a.AsInt32() << 16) >> 16, (b.AsInt32() << 16) >> 16);
            return (evenA * evenB) + ((a.AsInt32() >> 16) * (b.AsInt32() >> 16));
        }
    }
}

/// <summary>Mean, variance and difference of a window of two planes.</summary>
/// <param name="MeanA">Of the one.</param>
/// <param name="MeanB">Of the other.</param>
/// <param name="VarianceA">Of the one.</param>
/// <param name="VarianceB">Of the other.</param>
/// <param name="Covariance">Of both.</param>
/// <param name="Error">Mean squared difference.</param>
internal readonly record struct WindowStatistics(
    double MeanA,
    double MeanB,
    double VarianceA,
    double VarianceB,
    double Covariance,
    double Error
)
{
    public double LeastVariance => Math.Min(VarianceA, VarianceB);

    public double MostVariance => Math.Max(VarianceA, VarianceB);

    /// <summary>Normalised, in [-1, 1]; 0 where one of the two is flat.</summary>
    public double Correlation => VarianceA < 1 || VarianceB < 1 ? 0 : Covariance / Math.Sqrt(VarianceA * VarianceB);

    public static WindowStatistics Of(CellSums sums, int count)
    {
        if (count == 0)
        {
            return default;
        }

        double a = (double)sums.A / count,
            b = (double)sums.B / count;
        var (aa, bb) = (Math.Max(0, ((double)sums.Aa / count) - (a * a)), Math.Max(0, ((double)sums.Bb / count) - (b * b)));
        var error = (double)sums.Dd / count;
        return new WindowStatistics(a, b, aa, bb, (aa + bb - (error - ((a - b) * (a - b)))) / 2, error);
    }
}
