namespace Ingest;

internal static class Percentiles
{
    /// <summary>The smallest value that so many percent do not exceed; NaN of nothing.</summary>
    public static double Of(IEnumerable<double> values, int percent)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(sorted.Count * percent / 100.0) - 1)];
    }
}
