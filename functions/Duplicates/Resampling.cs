using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Serverless.Duplicates;

/// <summary>
/// Reads a square picture between its points, bilinear, one direction at a time. What lies outside is the nearest point inside.
/// </summary>
internal static class Resampling
{
    /// <summary>
    /// Where the points of a part lie along one side: the point before each, and how far each lies beyond it. The part begins at
    /// <paramref name="start"/> and is <paramref name="scale"/> long, as shares of the side, and has as many points as the side.
    /// </summary>
    public static void Place(double scale, double start, Span<int> before, Span<float> beyond)
    {
        var side = before.Length;
        for (var index = 0; index < side; index++)
        {
            var place = Math.Clamp(((start * side) + ((index + 0.5) * scale)) - 0.5, 0, side - 1);
            before[index] = Math.Min((int)place, side - 2);
            beyond[index] = (float)(place - before[index]);
        }
    }

    /// <summary>One row of a picture at the places of the part.</summary>
    public static void Across(ReadOnlySpan<float> row, ReadOnlySpan<int> before, ReadOnlySpan<float> beyond, Span<float> part)
    {
        for (var x = 0; x < part.Length; x++)
        {
            var left = row[before[x]];
            part[x] = left + ((row[before[x] + 1] - left) * beyond[x]);
        }
    }

    /// <summary>What lies between two rows, a multiple of 8 points long.</summary>
    public static void Between(ReadOnlySpan<float> above, ReadOnlySpan<float> below, float beyond, Span<float> row)
    {
        var upper = MemoryMarshal.Cast<float, Vector256<float>>(above);
        var lower = MemoryMarshal.Cast<float, Vector256<float>>(below);
        var between = MemoryMarshal.Cast<float, Vector256<float>>(row);
        for (var at = 0; at < between.Length; at++)
        {
            between[at] = upper[at] + ((lower[at] - upper[at]) * beyond);
        }
    }
}
