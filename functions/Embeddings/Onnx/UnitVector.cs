using System.Numerics;
using System.Runtime.InteropServices;

namespace Serverless.Embeddings.Onnx;

internal static class UnitVector
{
    /// <summary>The rows of a matrix, each scaled to length one.</summary>
    public static ReadOnlyMemory<float>[] Rows(float[] values, int rows, string path)
    {
        var length = values.Length / rows;
        return [.. Enumerable.Range(0, rows).Select(row => Row(values.AsSpan(row * length, length), path))];
    }

    private static ReadOnlyMemory<float> Row(ReadOnlySpan<float> row, string path)
    {
        var sum = 0.0;
        foreach (var value in row)
        {
            sum += (double)value * value;
        }

        if (!double.IsFinite(sum) || sum == 0)
        {
            throw new ModelException(path, "the graph returned a vector without direction (zero or not a number).");
        }

        var unit = row.ToArray();
        var scale = (float)(1 / Math.Sqrt(sum));
        foreach (ref var chunk in MemoryMarshal.Cast<float, Vector<float>>(unit.AsSpan()))
        {
            chunk *= scale;
        }

        for (var i = unit.Length - (unit.Length % Vector<float>.Count); i < unit.Length; i++)
        {
            unit[i] *= scale;
        }

        return unit;
    }
}
