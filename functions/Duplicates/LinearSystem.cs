namespace Serverless.Duplicates;

/// <summary>Gauss elimination with row pivots, in place, for a handful of unknowns.</summary>
internal static class LinearSystem
{
    /// <summary>Adds an observation to the normal equations of a least-squares fit.</summary>
    /// <param name="rows">n rows of n coefficients and a right side each.</param>
    /// <param name="observed">n values of the basis, and what their sum should be.</param>
    /// <param name="weight">What the observation counts.</param>
    public static void Add(Span<double> rows, ReadOnlySpan<double> observed, double weight = 1)
    {
        var width = observed.Length;
        for (var row = 0; row < width - 1; row++)
        {
            var weighted = weight * observed[row];
            for (var column = 0; column < width; column++)
            {
                rows[(row * width) + column] += weighted * observed[column];
            }
        }
    }

    /// <summary>
    /// Solves n rows of n coefficients and a right side each; the solution replaces the right sides. False where there is none.
    /// </summary>
    public static bool TrySolve(Span<double> rows, int n)
    {
        var width = n + 1;
        for (var column = 0; column < n; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < n; row++)
            {
                pivot = Math.Abs(rows[(row * width) + column]) > Math.Abs(rows[(pivot * width) + column]) ? row : pivot;
            }

            if (Math.Abs(rows[(pivot * width) + column]) < 1e-9)
            {
                return false;
            }

            for (var at = 0; at < width; at++)
            {
                (rows[(pivot * width) + at], rows[(column * width) + at]) = (rows[(column * width) + at], rows[(pivot * width) + at]);
            }

            for (var row = 0; row < n; row++)
            {
                var factor = row == column ? 0 : rows[(row * width) + column] / rows[(column * width) + column];
                for (var at = column; factor != 0 && at < width; at++)
                {
                    rows[(row * width) + at] -= factor * rows[(column * width) + at];
                }
            }
        }

        for (var row = 0; row < n; row++)
        {
            rows[(row * width) + n] /= rows[(row * width) + row];
        }

        return true;
    }
}
