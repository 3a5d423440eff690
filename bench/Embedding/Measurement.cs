using System.Diagnostics;

namespace Bench.Embedding;

/// <summary>Wall and processor milliseconds of one image or text.</summary>
internal readonly record struct Cost(double WallMs, double CpuMs)
{
    public double PerSecond => 1000 / WallMs;
}

internal static class Measurement
{
    public static Cost Measure(int count, Action action)
    {
        var process = Process.GetCurrentProcess();
        var (cpu, start) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        action();
        var wall = Stopwatch.GetElapsedTime(start);
        process.Refresh();
        return new Cost(wall.TotalMilliseconds / count, (process.TotalProcessorTime - cpu).TotalMilliseconds / count);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
