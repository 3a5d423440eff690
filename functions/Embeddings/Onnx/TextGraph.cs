using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Serverless.Embeddings.Tokenization;

namespace Serverless.Embeddings.Onnx;

/// <summary>The text side: tokenizer and graph.</summary>
internal sealed class TextGraph : IDisposable
{
    private const string MaskInput = "attention_mask";

    private static readonly string[] InputNames = ["input_ids", "text", "tokens", "input"];

    private readonly OnnxGraph graph;
    private readonly TextTokenizer tokenizer;
    private readonly string input;
    private readonly string output;
    private readonly bool masked;
    private readonly int? length;

    public TextGraph(string path, TextTokenizer tokenizer, bool padToLength, EmbeddingOptions options)
    {
        this.tokenizer = tokenizer;
        graph = new OnnxGraph(path, options);
        input =
            InputNames.FirstOrDefault(graph.Inputs.ContainsKey)
            ?? throw new ModelException(
                path,
                $"the graph has no text input (any of {string.Join(", ", InputNames)}) but {string.Join(", ", graph.Inputs.Keys)}."
            );
        masked = graph.Inputs.ContainsKey(MaskInput);
        if (graph.Inputs.Keys.FirstOrDefault(name => name != input && name != MaskInput) is { } other)
        {
            throw new ModelException(path, $"the graph requires the unsupported input {other}.");
        }

        output =
            graph.Output("text_embeds", "text_features", "embedding", "embeddings", "output", "pooler_output")
            ?? throw new ModelException(path, $"the graph does not output a text embedding but {graph.OutputNames}.");
        var columns = graph.Inputs[input].Dimensions is [_, > 0 and var fixedLength] ? fixedLength : (int?)null;
        if (columns is { } taken && taken < tokenizer.MaxLength)
        {
            throw new ModelException(path, $"the graph takes {taken} tokens but the tokenizer's files allow {tokenizer.MaxLength}.");
        }

        length = columns ?? (padToLength ? tokenizer.MaxLength : null);
    }

    public string Path => graph.Path;

    public ReadOnlyMemory<float>[] Embed(IReadOnlyList<string> texts)
    {
        var tokens = tokenizer.EncodeBatch(texts, length);
        using var ids = Tensor(input, tokens.Ids, tokens);
        using var mask = masked ? Tensor(MaskInput, tokens.Mask, tokens) : null;
        var inputs = new Dictionary<string, OrtValue> { [input] = ids };
        if (mask is not null)
        {
            inputs[MaskInput] = mask;
        }

        return UnitVector.Rows(graph.Run(inputs, [output])[0], tokens.Rows, Path);
    }

    public void Dispose() => graph.Dispose();

    private OrtValue Tensor(string name, long[] values, TokenBatch tokens)
    {
        long[] shape = [tokens.Rows, tokens.Length];
        return graph.Inputs[name].ElementDataType == TensorElementType.Int32
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, value => (int)value), shape)
            : OrtValue.CreateTensorValueFromMemory(values, shape);
    }
}
