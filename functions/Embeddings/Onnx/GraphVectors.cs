using System.Numerics.Tensors;

namespace Serverless.Embeddings.Onnx;

/// <summary>Values of a graph's output, row by row.</summary>
/// <param name="Width">The length of its last side.</param>
internal readonly record struct GraphOutput(float[] Values, int Width);

/// <summary>Turns what a graph outputs into unit vectors, one a row, as the model's description says.</summary>
/// <param name="cut">The length to cut vectors to, or null.</param>
/// <param name="path">The graph's file, for errors.</param>
internal sealed class GraphVectors(GraphDescription description, int? cut, string path)
{
    private const double Epsilon = 1e-5;

    private int Rank => description.Pooling is null ? 2 : 3;

    /// <summary>The output that it reads: the one described, else the first of the usual names, else the only one of its rank.</summary>
    /// <param name="what">What it outputs, for errors.</param>
    /// <param name="first">The usual name of this side, before those of both.</param>
    public string OutputOf(OnnxGraph graph, string what, params ReadOnlySpan<string> first)
    {
        var output = description.Output is { } named
            ? graph.Output(Rank, named)
            : graph.Output(Rank, [.. first, "embedding", "embeddings", "output", "pooler_output"]) ?? graph.OnlyOutput(Rank);
        return output ?? throw new ModelException(path, $"the graph does not output {what} but {graph.OutputNames}.");
    }

    /// <param name="mask">1 for tokens and 0 for padding; null if there is no padding.</param>
    public ReadOnlyMemory<float>[] Rows(GraphOutput output, int rows, long[]? mask = null)
    {
        var values = description.Pooling is { } pooling ? Pool(pooling, output, rows, mask) : output.Values;
        var width = values.Length / rows;
        if (description.LayerNorm)
        {
            for (var row = 0; row < rows; row++)
            {
                Standardize(values.AsSpan(row * width, width));
            }
        }

        if (cut is not { } length || length == width)
        {
            return UnitVector.Rows(values, rows, path);
        }

        if (length > width)
        {
            throw new ModelException(
                path,
                $"its vectors have {width} numbers, and {ModelDescription.FileName} says to keep {length} of them."
            );
        }

        var shortened = new float[rows * length];
        for (var row = 0; row < rows; row++)
        {
            values.AsSpan(row * width, length).CopyTo(shortened.AsSpan(row * length));
        }

        return UnitVector.Rows(shortened, rows, path);
    }

    private static float[] Pool(TokenPooling pooling, GraphOutput output, int rows, long[]? mask)
    {
        var (width, tokens) = (output.Width, output.Values.Length / rows / output.Width);
        var pooled = new float[rows * width];
        for (var row = 0; row < rows; row++)
        {
            var target = pooled.AsSpan(row * width, width);
            for (var token = 0; token < tokens; token++)
            {
                if (pooling == TokenPooling.First ? token == 0 : mask is null || mask[(row * tokens) + token] == 1)
                {
                    TensorPrimitives.Add(target, output.Values.AsSpan(((row * tokens) + token) * width, width), target);
                }
            }
        }

        // The sum has the direction of the mean.
        return pooled;
    }

    private static void Standardize(Span<float> row)
    {
        var mean = TensorPrimitives.Sum<float>(row) / row.Length;
        TensorPrimitives.Subtract(row, mean, row);
        var deviation = (float)Math.Sqrt((TensorPrimitives.SumOfSquares<float>(row) / row.Length) + Epsilon);
        TensorPrimitives.Divide(row, deviation, row);
    }
}
