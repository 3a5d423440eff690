using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>Which points of a line make up each point of the grid, and with what weights.</summary>
internal sealed class ResamplingTaps
{
    private readonly int side;
    private readonly int padded;
    private readonly float[] line;
    private readonly float[] weights;

    public ResamplingTaps(double scale, double shift, int length, int side, ResamplingWindow window)
    {
        this.side = side;
        var stretch = Math.Max(1, scale);
        Count = (int)Math.Ceiling(2 * window.Reach * stretch) + 1;

        // Weights fill whole vectors; the line has room for them on both sides.
        padded = (Count + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;
        (First, weights, line) = (new int[length], new float[length * padded], new float[side + (2 * padded)]);
        for (var at = 0; at < length; at++)
        {
            var middle = (scale * (at + 0.5)) + shift - 0.5;

            // Far outside all points are the outermost one.
            First[at] = (int)Math.Clamp(Math.Ceiling(middle - (window.Reach * stretch)), -padded, side);
            var sum = 0.0;
            for (var tap = 0; tap < Count; tap++)
            {
                sum += window.At((First[at] + tap - middle) / stretch);
            }

            for (var tap = 0; tap < Count; tap++)
            {
                weights[(at * padded) + tap] =
                    sum == 0 ? (tap == 0 ? 1 : 0) : (float)(window.At((First[at] + tap - middle) / stretch) / sum);
            }
        }
    }

    /// <summary>Points that make up one.</summary>
    public int Count { get; }

    /// <summary>The first of these for each point of the grid; it may lie outside, where all points are as the outermost one.</summary>
    public int[] First { get; }

    public float Weight(int at, int tap) => weights[(at * padded) + tap];

    /// <summary>Draws a line at the points of the grid.</summary>
    public void Draw(ReadOnlySpan<byte> points, Span<float> drawn)
    {
        line.AsSpan(0, padded).Fill(points[0]);
        line.AsSpan(padded + side).Fill(points[^1]);
        for (var x = 0; x < side; x++)
        {
            line[padded + x] = points[x];
        }

        ref var from = ref MemoryMarshal.GetArrayDataReference(line);
        ref var weight = ref MemoryMarshal.GetArrayDataReference(weights);
        for (var x = 0; x < drawn.Length; x++)
        {
            var sum = Vector256<float>.Zero;
            for (var tap = 0; tap < padded; tap += Vector256<float>.Count)
            {
                sum +=
                    Vector256.LoadUnsafe(ref from, (nuint)(First[x] + padded + tap))
                    * Vector256.LoadUnsafe(ref weight, (nuint)((x * padded) + tap));
            }

            drawn[x] = Vector256.Sum(sum);
        }
    }
}
