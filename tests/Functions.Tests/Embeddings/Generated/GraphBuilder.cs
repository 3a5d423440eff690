using System.Runtime.InteropServices;

namespace Functions.Tests.Embeddings.Generated;

/// <summary>The layers that CLIP and SigLIP are made of, with weights drawn from a seed.</summary>
internal sealed class GraphBuilder(OnnxWriter onnx, bool int8)
{
    // Seven bits: processors without VNNI add two products in 16 bits, which eight would overflow.
    private const float Range = 63;

    private int seed;

    public long Parameters { get; private set; }

    public OnnxWriter Onnx => onnx;

    public string Random(double spread, params long[] shape)
    {
        Parameters += Count(shape);
        var mine = ++seed;
        return onnx.Weight(OnnxWriter.Float, shape, () => MemoryMarshal.AsBytes<float>(Values(mine, Count(shape), spread)).ToArray());
    }

    public string Linear(string x, int from, int to, bool bias = true)
    {
        Parameters += (long)from * to;
        var product = int8 ? Int8Product(x, from, to, ++seed) : onnx.Node("MatMul", [x, FloatMatrix(from, to, ++seed)]);
        return bias ? onnx.Node("Add", [product, Random(0.02, to)]) : product;
    }

    public string Norm(string x, int width)
    {
        Parameters += 2L * width;
        var ones = onnx.Weight(
            OnnxWriter.Float,
            [width],
            () => MemoryMarshal.AsBytes<float>(Enumerable.Repeat(1f, width).ToArray()).ToArray()
        );
        var zeros = onnx.Weight(OnnxWriter.Float, [width], () => new byte[4 * width]);
        return onnx.Node("LayerNormalization", [x, ones, zeros], ("axis", -1), ("epsilon", 1e-5f));
    }

    public string Attention(string query, string source, int width, int heads, string? mask = null)
    {
        var size = width / heads;
        var q = Heads(onnx.Node("Mul", [Linear(query, width, width), onnx.Scalar((float)(1 / Math.Sqrt(size)))]), [0, 2, 1, 3]);
        var k = Heads(Linear(source, width, width), [0, 2, 3, 1]);
        var v = Heads(Linear(source, width, width), [0, 2, 1, 3]);
        var scores = onnx.Node("MatMul", [q, k]);
        scores = mask is null ? scores : onnx.Node("Add", [scores, mask]);
        var mixed = onnx.Node("MatMul", [onnx.Node("Softmax", [scores], ("axis", -1)), v]);
        var joined = onnx.Node(
            "Reshape",
            [onnx.Node("Transpose", [mixed], ("perm", new long[] { 0, 2, 1, 3 })), onnx.Constant(0, 0, width)]
        );
        return Linear(joined, width, width);

        string Heads(string x, long[] order) =>
            onnx.Node("Transpose", [onnx.Node("Reshape", [x, onnx.Constant(0, 0, heads, size)])], ("perm", order));
    }

    public string Mlp(string x, int width, int hidden, bool quick)
    {
        var up = Linear(x, width, hidden);
        return Linear(quick ? QuickGelu(up) : TanhGelu(up), hidden, width);
    }

    public string Block(string x, int width, int heads, int hidden, bool quick, string? mask = null)
    {
        var normed = Norm(x, width);
        x = onnx.Node("Add", [x, Attention(normed, normed, width, heads, mask)]);
        return onnx.Node("Add", [x, Mlp(Norm(x, width), width, hidden, quick)]);
    }

    private string QuickGelu(string x) => onnx.Node("Mul", [x, onnx.Node("Sigmoid", [onnx.Node("Mul", [x, onnx.Scalar(1.702f)])])]);

    private string TanhGelu(string x)
    {
        var cube = onnx.Node("Mul", [onnx.Node("Mul", [onnx.Node("Mul", [x, x]), x]), onnx.Scalar(0.044715f)]);
        var tanh = onnx.Node("Tanh", [onnx.Node("Mul", [onnx.Node("Add", [x, cube]), onnx.Scalar((float)Math.Sqrt(2 / Math.PI))])]);
        return onnx.Node("Mul", [onnx.Node("Mul", [x, onnx.Scalar(0.5f)]), onnx.Node("Add", [tanh, onnx.Scalar(1)])]);
    }

    private string FloatMatrix(int from, int to, int mine) =>
        onnx.Weight(OnnxWriter.Float, [from, to], () => MemoryMarshal.AsBytes<float>(Matrix(from, to, mine)).ToArray());

    /// <summary>Dynamic quantisation as ONNX Runtime's own tool lays it out: signed weights, one scale for each column.</summary>
    private string Int8Product(string x, int from, int to, int mine)
    {
        var quantised = onnx.Weight(
            OnnxWriter.Int8,
            [from, to],
            () => MemoryMarshal.AsBytes<sbyte>(Quantise(from, to, mine).Values).ToArray()
        );
        var scales = onnx.Weight(OnnxWriter.Float, [to], () => MemoryMarshal.AsBytes<float>(Quantise(from, to, mine).Scales).ToArray());
        var zeros = onnx.Weight(OnnxWriter.Int8, [to], () => new byte[to]);
        var dynamic = onnx.Nodes("DynamicQuantizeLinear", [x], 3);
        var product = onnx.Node("Cast", [onnx.Node("MatMulInteger", [dynamic[0], quantised, dynamic[2], zeros])], ("to", OnnxWriter.Float));
        return onnx.Node("Mul", [product, onnx.Node("Mul", [dynamic[1], scales])]);
    }

    private static (sbyte[] Values, float[] Scales) Quantise(int from, int to, int mine)
    {
        var matrix = Matrix(from, to, mine);
        var scales = new float[to];
        for (var i = 0; i < matrix.Length; i++)
        {
            scales[i % to] = Math.Max(scales[i % to], Math.Abs(matrix[i]) / Range);
        }

        return ([.. matrix.Select((value, i) => (sbyte)Math.Round(value / scales[i % to]))], scales);
    }

    private static float[] Matrix(int from, int to, int mine) => Values(mine, (long)from * to, Math.Sqrt(3.0 / from));

    private static float[] Values(int seed, long count, double spread)
    {
        var state = (uint)(seed * 2654435761) | 1;
        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            values[i] = (float)(((state / (double)uint.MaxValue * 2) - 1) * spread);
        }

        return values;
    }

    private static long Count(long[] shape) => shape.Aggregate(1L, (product, side) => product * side);
}
