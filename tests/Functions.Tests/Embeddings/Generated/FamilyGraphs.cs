namespace Functions.Tests.Embeddings.Generated;

/// <summary>The least graphs with the inputs and outputs of a family's export: what they compute is of no interest.</summary>
internal static class FamilyGraphs
{
    private const int Vocabulary = 4096;

    /// <param name="batch">A number, or the name of a side of any length.</param>
    /// <param name="output">With <paramref name="byToken"/> it has two vectors for each picture, of which the first counts.</param>
    public static byte[] Vision(object batch, int side, int width, string input, string output, bool byToken = false)
    {
        var onnx = new OnnxWriter();
        var graph = new GraphBuilder(onnx, int8: false);
        onnx.Input(input, OnnxWriter.Float, batch, 3, side, side);
        var means = onnx.Node("Flatten", [onnx.Node("GlobalAveragePool", [input])], ("axis", 1));
        var vectors = onnx.Node("Add", [onnx.Node("MatMul", [means, graph.Random(1, 3, width)]), graph.Random(1, width)]);
        if (byToken)
        {
            var first = onnx.Node("Unsqueeze", [vectors, onnx.Constant(1)]);
            onnx.Result(onnx.Node("Concat", [first, onnx.Node("Neg", [first])], ("axis", 1)), output);
            onnx.Output(output, batch, 2, width);
        }
        else
        {
            onnx.Result(vectors, output);
            onnx.Output(output, batch, width);
        }

        return Bytes(onnx);
    }

    /// <param name="inputs">The tokens, then what else the export takes.</param>
    /// <param name="type">Of the tokens.</param>
    public static byte[] Text(object batch, object length, int width, string[] inputs, string output, int type, bool byToken = false)
    {
        var onnx = new OnnxWriter();
        var graph = new GraphBuilder(onnx, int8: false);
        foreach (var input in inputs)
        {
            onnx.Input(input, type, batch, length);
        }

        var tokens = onnx.Node("Gather", [graph.Random(1, Vocabulary, width), inputs[0]], ("axis", 0));
        if (byToken)
        {
            onnx.Result(tokens, output);
            onnx.Output(output, batch, length, width);
        }
        else
        {
            // The first word's: padding must not matter to a graph that gets no mask.
            onnx.Result(onnx.Node("Squeeze", [onnx.Node("Gather", [tokens, onnx.Constant(1)], ("axis", 1)), onnx.Constant(1)]), output);
            onnx.Output(output, batch, width);
        }

        return Bytes(onnx);
    }

    private static byte[] Bytes(OnnxWriter onnx)
    {
        var path = Path.GetTempFileName();
        try
        {
            onnx.Save(path);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
