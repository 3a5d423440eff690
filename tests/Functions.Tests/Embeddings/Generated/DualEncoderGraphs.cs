using System.Runtime.InteropServices;

namespace Functions.Tests.Embeddings.Generated;

/// <summary>The graphs of CLIP and SigLIP, layer for layer as their exports have them.</summary>
internal static class DualEncoderGraphs
{
    public static GraphBuilder Vision(DualEncoderShape shape, bool int8 = false)
    {
        var onnx = new OnnxWriter();
        var graph = new GraphBuilder(onnx, int8);
        var (width, layers, heads, hidden) = shape.Vision;
        var patches = shape.ImageSize / shape.Patch * (shape.ImageSize / shape.Patch);
        onnx.Input("pixel_values", OnnxWriter.Float, "batch", 3, shape.ImageSize, shape.ImageSize);

        var kernel = graph.Random(Math.Sqrt(3.0 / (3 * shape.Patch * shape.Patch)), width, 3, shape.Patch, shape.Patch);
        string[] convolution = shape.Siglip ? ["pixel_values", kernel, graph.Random(0.02, width)] : ["pixel_values", kernel];
        var grid = onnx.Node(
            "Conv",
            convolution,
            ("kernel_shape", new long[] { shape.Patch, shape.Patch }),
            ("strides", new long[] { shape.Patch, shape.Patch })
        );
        var x = onnx.Node("Transpose", [onnx.Node("Reshape", [grid, onnx.Constant(0, width, patches)])], ("perm", new long[] { 0, 2, 1 }));
        x = shape.Siglip ? x : onnx.Node("Concat", [PerImage(graph, graph.Random(0.5, width), width), x], ("axis", 1));
        x = onnx.Node("Add", [x, graph.Random(0.5, patches + (shape.Siglip ? 0 : 1), width)]);
        x = shape.Siglip ? x : graph.Norm(x, width);
        for (var layer = 0; layer < layers; layer++)
        {
            x = graph.Block(x, width, heads, hidden, quick: !shape.Siglip);
        }

        if (shape.Siglip)
        {
            x = graph.Norm(x, width);
            var pooled = graph.Attention(PerImage(graph, graph.Random(0.5, 1, width), width), x, width, heads);
            x = onnx.Node("Add", [pooled, graph.Mlp(graph.Norm(pooled, width), width, hidden, quick: false)]);
            onnx.Result(First(onnx, x), "pooler_output");
            onnx.Output("pooler_output", "batch", width);
            return graph;
        }

        onnx.Result(graph.Linear(graph.Norm(First(onnx, x), width), width, shape.Projection, bias: false), "image_embeds");
        onnx.Output("image_embeds", "batch", shape.Projection);
        return graph;
    }

    public static GraphBuilder Text(DualEncoderShape shape, bool int8 = false)
    {
        var onnx = new OnnxWriter();
        var graph = new GraphBuilder(onnx, int8);
        var (width, layers, heads, hidden) = shape.Text;
        onnx.Input("input_ids", OnnxWriter.Int64, "batch", "sequence");
        if (!shape.Siglip)
        {
            onnx.Input("attention_mask", OnnxWriter.Int64, "batch", "sequence");
        }

        var count = onnx.Node("Gather", [onnx.Node("Shape", ["input_ids"]), onnx.Constant(1)], ("axis", 0));
        var tokens = onnx.Node("Gather", [graph.Random(0.5, shape.Vocabulary, width), "input_ids"], ("axis", 0));
        var places = onnx.Node("Slice", [graph.Random(0.5, shape.Length, width), onnx.Constant(0), count, onnx.Constant(0)]);
        var x = onnx.Node("Add", [tokens, places]);
        var mask = shape.Siglip ? null : Mask(onnx, shape.Length, count);
        for (var layer = 0; layer < layers; layer++)
        {
            x = graph.Block(x, width, heads, hidden, quick: !shape.Siglip, mask);
        }

        x = graph.Norm(x, width);
        if (shape.Siglip)
        {
            var last = onnx.Node("Squeeze", [onnx.Node("Gather", [x, onnx.Constant(-1)], ("axis", 1)), onnx.Constant(1)]);
            onnx.Result(graph.Linear(last, width, width), "pooler_output");
            onnx.Output("pooler_output", "batch", width);
            return graph;
        }

        // The text ends where its largest id stands, which is the one that closes it.
        var end = onnx.Node("ArgMax", [onnx.Node("Cast", ["input_ids"], ("to", 6))], ("axis", 1), ("keepdims", 1));
        onnx.Result(graph.Linear(onnx.Node("GatherND", [x, end], ("batch_dims", 1)), width, shape.Projection, bias: false), "text_embeds");
        onnx.Output("text_embeds", "batch", shape.Projection);
        return graph;
    }

    /// <summary>Each token sees itself and those before it, and no padding.</summary>
    private static string Mask(OnnxWriter onnx, int length, string count)
    {
        var causal = onnx.Weight(
            OnnxWriter.Float,
            [length, length],
            () =>
                MemoryMarshal
                    .AsBytes<float>([.. Enumerable.Range(0, length * length).Select(i => i % length > i / length ? -1e9f : 0f)])
                    .ToArray()
        );
        var ends = onnx.Node("Concat", [count, count], ("axis", 0));
        var seen = onnx.Node("Slice", [causal, onnx.Constant(0, 0), ends, onnx.Constant(0, 1)]);
        var absent = onnx.Node("Sub", [onnx.Scalar(1), onnx.Node("Cast", ["attention_mask"], ("to", OnnxWriter.Float))]);
        var padding = onnx.Node("Unsqueeze", [onnx.Node("Mul", [absent, onnx.Scalar(-1e9f)]), onnx.Constant(1, 2)]);
        return onnx.Node("Add", [seen, padding]);
    }

    private static string PerImage(GraphBuilder graph, string row, int width)
    {
        var onnx = graph.Onnx;
        var batch = onnx.Node("Gather", [onnx.Node("Shape", ["pixel_values"]), onnx.Constant(0)], ("axis", 0));
        return onnx.Node("Expand", [row, onnx.Node("Concat", [batch, onnx.Constant(1, width)], ("axis", 0))]);
    }

    private static string First(OnnxWriter onnx, string x) =>
        onnx.Node("Squeeze", [onnx.Node("Gather", [x, onnx.Constant(0)], ("axis", 1)), onnx.Constant(1)]);
}
