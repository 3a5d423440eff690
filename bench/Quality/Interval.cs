namespace Bench.Quality;

/// <summary>Clopper and Pearson's exact 95 % interval of a share that was counted.</summary>
internal static class Interval
{
    private const double Tail = 0.025;

    public static double High(long count, long of) => count >= of ? 1 : Bisect(share => AtMost(count, of, share) > Tail);

    public static double Low(long count, long of) => count == 0 ? 0 : Bisect(share => 1 - AtMost(count - 1, of, share) < Tail);

    /// <summary>The chance of at most <paramref name="count"/> of <paramref name="of"/>.</summary>
    private static double AtMost(long count, long of, double share)
    {
        double term = of * Math.Log(1 - share),
            sum = Math.Exp(term);
        for (var at = 1; at <= count; at++)
        {
            term += Math.Log((double)(of - at + 1) / at) + Math.Log(share) - Math.Log(1 - share);
            sum += Math.Exp(term);
        }

        return sum;
    }

    private static double Bisect(Predicate<double> isBelow)
    {
        var (low, high) = (0.0, 1.0);
        for (var step = 0; step < 50; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = isBelow(middle) ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
