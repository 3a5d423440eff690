using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Serverless.Embeddings.Tokenization;

namespace Serverless.Embeddings.Onnx;

/// <summary>The text side: tokenizer and graph.</summary>
internal sealed class TextGraph : IDisposable
{
    private const string MaskInput = "attention_mask";

    /// <summary>Which of two texts a token is of: always the first.</summary>
    private const string TypeInput = "token_type_ids";

    private static readonly string[] InputNames = ["input_ids", "text", "tokens", "input"];

    private readonly OnnxGraph graph;
    private readonly TextTokenizer tokenizer;
    private readonly string input;
    private readonly string output;
    private readonly bool masked;
    private readonly bool typed;
    private readonly int? length;
    private readonly int? batch;
    private readonly string prefix;
    private readonly GraphVectors reader;

    public TextGraph(ModelFiles files, TextTokenizer tokenizer, EmbeddingOptions options)
    {
        this.tokenizer = tokenizer;
        var path = files.Text;
        var described = files.Description;
        graph = new OnnxGraph(path, options);
        reader = new GraphVectors(described.Text, described.Dimensions, path);
        prefix = described.Text.Prefix;
        input =
            InputNames.FirstOrDefault(graph.Inputs.ContainsKey)
            ?? OnlyText()
            ?? throw new ModelException(
                path,
                $"the graph has no text input (any of {string.Join(", ", InputNames)}) but {string.Join(", ", graph.Inputs.Keys)}."
            );
        masked = graph.Inputs.ContainsKey(MaskInput);
        typed = graph.Inputs.ContainsKey(TypeInput);
        if (graph.Inputs.Keys.FirstOrDefault(name => name != input && name is not (MaskInput or TypeInput)) is { } other)
        {
            throw new ModelException(path, $"the graph requires the unsupported input {other}.");
        }

        output = reader.OutputOf(graph, "a text embedding", "text_embeds", "text_features");
        batch = graph.Batch(input);
        var columns = graph.Inputs[input].Dimensions is [_, > 0 and var fixedLength] ? fixedLength : (int?)null;
        if (columns is { } taken && taken < tokenizer.MaxLength)
        {
            throw new ModelException(path, $"the graph takes {taken} tokens but the tokenizer's files allow {tokenizer.MaxLength}.");
        }

        length = columns ?? (files.PadsToLength ? tokenizer.MaxLength : null);
    }

    public string Path => graph.Path;

    public ReadOnlyMemory<float>[] Embed(IReadOnlyList<string> texts) =>
        [.. texts.Chunk(batch ?? Math.Max(1, texts.Count)).SelectMany(Run)];

    /// <param name="texts">As many as the graph takes at once, or fewer.</param>
    private IEnumerable<ReadOnlyMemory<float>> Run(string[] texts)
    {
        // A graph of a fixed number of rows gets its first text again in those that are left.
        var rows = Enumerable.Range(0, batch ?? texts.Length).Select(row => prefix + texts[row < texts.Length ? row : 0]);
        var tokens = tokenizer.EncodeBatch([.. rows], length);
        using var ids = Tensor(input, tokens.Ids, tokens);
        using var mask = masked ? Tensor(MaskInput, tokens.Mask, tokens) : null;
        using var types = typed ? Tensor(TypeInput, new long[tokens.Ids.Length], tokens) : null;
        var inputs = new Dictionary<string, OrtValue> { [input] = ids };
        if (mask is not null)
        {
            inputs[MaskInput] = mask;
        }

        if (types is not null)
        {
            inputs[TypeInput] = types;
        }

        return reader.Rows(graph.Run(inputs, [output])[0], tokens.Rows, tokens.Mask).Take(texts.Length);
    }

    /// <summary>The only input, if it may be tokens.</summary>
    private string? OnlyText() => graph.Inputs.Count == 1 && graph.Inputs.Single() is { Value.Dimensions.Length: 2 } only ? only.Key : null;

    public void Dispose() => graph.Dispose();

    private OrtValue Tensor(string name, long[] values, TokenBatch tokens)
    {
        long[] shape = [tokens.Rows, tokens.Length];
        return graph.Inputs[name].ElementDataType == TensorElementType.Int32
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, value => (int)value), shape)
            : OrtValue.CreateTensorValueFromMemory(values, shape);
    }
}
