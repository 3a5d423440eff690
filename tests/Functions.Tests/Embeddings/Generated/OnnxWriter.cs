namespace Functions.Tests.Embeddings.Generated;

/// <summary>Collects nodes and weights and writes them as an ONNX model of operator set 17.</summary>
internal sealed class OnnxWriter
{
    public const int Float = 1;
    public const int Int8 = 3;
    public const int Int64 = 7;

    private readonly List<Protobuf> nodes = [];
    private readonly List<(string Name, int Type, long[] Shape, long Bytes, Func<byte[]> Values)> weights = [];
    private readonly List<Protobuf> inputs = [];
    private readonly List<Protobuf> outputs = [];
    private int names;

    public void Input(string name, int type, params object[] shape) => inputs.Add(ValueInfo(name, type, shape));

    public void Output(string name, params object[] shape) => outputs.Add(ValueInfo(name, Float, shape));

    /// <summary>A weight whose values are made when they are written: large models are never held whole.</summary>
    public string Weight(int type, long[] shape, Func<byte[]> values)
    {
        var name = Name("w");
        var size = type switch
        {
            Float => 4,
            Int64 => 8,
            _ => 1,
        };
        weights.Add((name, type, shape, shape.Aggregate(1L, (product, side) => product * side) * size, values));
        return name;
    }

    public string Constant(params long[] values) => Weight(Int64, [values.Length], () => [.. values.SelectMany(BitConverter.GetBytes)]);

    public string Scalar(float value) => Weight(Float, [], () => BitConverter.GetBytes(value));

    public string Node(string operation, string[] from, params (string Name, object Value)[] attributes) =>
        Nodes(operation, from, 1, attributes)[0];

    public string[] Nodes(string operation, string[] from, int count, params (string Name, object Value)[] attributes)
    {
        string[] to = [.. Enumerable.Range(0, count).Select(_ => Name("x"))];
        Add(operation, from, to, attributes);
        return to;
    }

    /// <summary>Gives a value its name as an output of the graph.</summary>
    public void Result(string from, string name) => Add("Identity", [from], [name], []);

    public void Save(string path)
    {
        var graph = new Protobuf();
        nodes.ForEach(node => graph.Message(1, node));
        graph.Text(2, "generated");
        inputs.ForEach(input => graph.Message(11, input));
        outputs.ForEach(output => graph.Message(12, output));
        var headers = weights.Select(Header).ToArray();
        var length = graph.Length + headers.Zip(weights, (header, weight) => header.Length + weight.Bytes).Sum();

        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        var opset = new Protobuf().Text(1, string.Empty).Number(2, 17);
        new Protobuf().Number(1, 8).Text(2, "tests").Message(8, opset).Prefix(7, length).CopyTo(file);
        graph.CopyTo(file);
        foreach (var (header, weight) in headers.Zip(weights))
        {
            header.CopyTo(file);
            file.Write(weight.Values());
        }
    }

    private static Protobuf Header((string Name, int Type, long[] Shape, long Bytes, Func<byte[]> Values) weight)
    {
        var tensor = new Protobuf();
        Array.ForEach(weight.Shape, side => tensor.Number(1, side));
        tensor.Number(2, weight.Type).Text(8, weight.Name).Prefix(9, weight.Bytes);
        return new Protobuf().Prefix(5, tensor.Length + weight.Bytes).Append(tensor);
    }

    private void Add(string operation, string[] from, string[] to, (string Name, object Value)[] attributes)
    {
        var node = new Protobuf();
        Array.ForEach(from, name => node.Text(1, name));
        Array.ForEach(to, name => node.Text(2, name));
        node.Text(3, Name("n")).Text(4, operation);
        Array.ForEach(attributes, attribute => node.Message(5, Attribute(attribute.Name, attribute.Value)));
        nodes.Add(node);
    }

    private static Protobuf Attribute(string name, object value)
    {
        var attribute = new Protobuf().Text(1, name);
        switch (value)
        {
            case int number:
                return attribute.Number(3, number).Number(20, 2);
            case float real:
                return attribute.Real(2, real).Number(20, 1);
            case long[] numbers:
                Array.ForEach(numbers, number => attribute.Number(8, number));
                return attribute.Number(20, 7);
            default:
                throw new ArgumentException($"An attribute cannot be a {value.GetType()}.");
        }
    }

    private static Protobuf ValueInfo(string name, int type, object[] shape)
    {
        var sides = new Protobuf();
        Array.ForEach(
            shape,
            side =>
                sides.Message(
                    1,
                    side is string symbol ? new Protobuf().Text(2, symbol) : new Protobuf().Number(1, Convert.ToInt64(side, null))
                )
        );
        return new Protobuf().Text(1, name).Message(2, new Protobuf().Message(1, new Protobuf().Number(1, type).Message(2, sides)));
    }

    private string Name(string kind) => $"{kind}{names++}";
}
