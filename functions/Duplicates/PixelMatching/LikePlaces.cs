using System.Numerics;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// What re-encoding leaves at places of one kind: the median squared difference among all windows whose two variances (or other
/// two measures) are of the same order. Kinds that are rare in the pair take the answer of those next to them.
/// </summary>
internal sealed class LikePlaces
{
    private const int Kinds = 16;
    private const int Levels = 64;

    /// <summary>Windows of one kind from which on their median means something.</summary>
    private const int Enough = 40;

    private readonly int[] counts = new int[Kinds * Kinds * Levels];
    private readonly double[] medians = new double[Kinds * Kinds];

    public void Add(double least, double most, double error) => counts[(Kind(least, most) * Levels) + Level(error)]++;

    /// <summary>Works out the medians; nothing is added after.</summary>
    public void Close()
    {
        Span<int> sum = stackalloc int[Levels];
        for (var most = 0; most < Kinds; most++)
        {
            for (var least = 0; least < Kinds; least++)
            {
                var total = 0;
                for (var reach = 0; reach < 3 && total < Enough; reach++)
                {
                    sum.Clear();
                    total = Sum(least, most, reach, sum);
                }

                medians[(least * Kinds) + most] = total >= Enough ? Median(sum, total) : double.NaN;
            }
        }
    }

    /// <summary>The expected squared difference; not a number where the pair has too few such places.</summary>
    public double Expected(double least, double most) => medians[Kind(least, most)];

    private int Sum(int least, int most, int reach, Span<int> sum)
    {
        var total = 0;
        for (var row = Math.Max(0, least - reach); row <= Math.Min(Kinds - 1, least + reach); row++)
        {
            for (var column = Math.Max(0, most - reach); column <= Math.Min(Kinds - 1, most + reach); column++)
            {
                var kind = counts.AsSpan(((row * Kinds) + column) * Levels, Levels);
                for (var level = 0; level < Levels; level++)
                {
                    sum[level] += kind[level];
                    total += kind[level];
                }
            }
        }

        return total;
    }

    private static double Median(ReadOnlySpan<int> sum, int total)
    {
        var (level, seen) = (0, 0);
        for (; level < Levels - 1; level++)
        {
            seen += sum[level];
            if (2 * seen >= total)
            {
                break;
            }
        }

        return Math.Pow(2, (level + 0.5) / 4) - 1;
    }

    private static int Kind(double least, double most) => (Kind(least) * Kinds) + Kind(most);

    /// <summary>One kind for each doubling of the variance.</summary>
    private static int Kind(double variance) => Math.Min(BitOperations.Log2((uint)Math.Max(0, variance) + 1), Kinds - 1);

    /// <summary>About four levels for each doubling.</summary>
    private static int Level(double error)
    {
        // The exponent of a number and the two bits after the point.
        var bits = BitConverter.SingleToInt32Bits((float)(error + 1));
        return Math.Clamp((bits >> 21) - (127 << 2), 0, Levels - 1);
    }
}
