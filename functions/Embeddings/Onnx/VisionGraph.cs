using System.Buffers;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Serverless.Imaging;

namespace Serverless.Embeddings.Onnx;

/// <summary>The image side: preprocessing and graph.</summary>
internal sealed class VisionGraph : IDisposable
{
    public const string InstanceOutput = "instance_embeds";

    private static readonly string[] InputNames = ["pixel_values", "image", "images", "input", "pixels"];

    private readonly OnnxGraph graph;
    private readonly string input;
    private readonly string[] outputs;
    private readonly bool half;

    public VisionGraph(string path, PreprocessorConfig config, EmbeddingOptions options)
    {
        graph = new OnnxGraph(path, options);
        input =
            InputNames.FirstOrDefault(graph.Inputs.ContainsKey)
            ?? throw new ModelException(
                path,
                $"the graph has no image input (any of {string.Join(", ", InputNames)}) but {string.Join(", ", graph.Inputs.Keys)}."
            );
        if (graph.Inputs.Count > 1)
        {
            throw new ModelException(
                path,
                $"the graph requires more than the image: {string.Join(", ", graph.Inputs.Keys)}. Export image and text as two files."
            );
        }

        var output =
            graph.Output("image_embeds", "image_features", "embedding", "embeddings", "output", "pooler_output")
            ?? throw new ModelException(path, $"the graph does not output an image embedding but {graph.OutputNames}.");
        outputs = graph.Output(InstanceOutput) is { } instance ? [output, instance] : [output];
        half = graph.Inputs[input].ElementDataType == TensorElementType.Float16;
        var (width, height) = Size(path, config);
        Preprocessor = new ImagePreprocessor(config, width, height, options.Preprocessing == EmbeddingOptions.Exact);
    }

    public string Path => graph.Path;

    public ExecutionDevice Device => graph.Device;

    /// <summary>The output used by the near-duplicate search.</summary>
    public string CopyOutput => outputs[^1];

    public ImagePreprocessor Preprocessor { get; }

    public ImageEmbedding[] Embed(IReadOnlyList<CheckedImage> images) =>
        Run(
            images.Count,
            pixels =>
            {
                for (var i = 0; i < images.Count; i++)
                {
                    Preprocessor.Fill(images[i], pixels.Slice(i * Preprocessor.Length, Preprocessor.Length));
                }
            }
        );

    /// <summary>Embeds preprocessed pixels of shape count × 3 × height × width.</summary>
    public ImageEmbedding[] Embed(ReadOnlyMemory<float> pixels, int count) => Run(count, target => pixels.Span.CopyTo(target));

    public void Dispose() => graph.Dispose();

    private delegate void Fill(Span<float> pixels);

    private ImageEmbedding[] Run(int count, Fill fill)
    {
        var length = count * Preprocessor.Length;
        var buffer = ArrayPool<float>.Shared.Rent(length);
        try
        {
            fill(buffer.AsSpan(0, length));
            using var value = Tensor(buffer.AsMemory(0, length), [count, 3, Preprocessor.Height, Preprocessor.Width]);
            var results = graph.Run(new Dictionary<string, OrtValue> { [input] = value }, outputs);
            var vectors = UnitVector.Rows(results[0], count, Path);
            var instances = results.Length > 1 ? UnitVector.Rows(results[1], count, Path) : null;
            return [.. vectors.Select((vector, i) => new ImageEmbedding(vector, instances?[i]))];
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    private OrtValue Tensor(Memory<float> pixels, long[] shape) =>
        half
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(pixels.ToArray(), value => (Float16)value), shape)
            : OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, pixels, shape);

    private (int Width, int Height) Size(string path, PreprocessorConfig config)
    {
        var shape = graph.Inputs[input].Dimensions;
        if (shape.Length != 4 || shape[1] is not (3 or -1))
        {
            throw new ModelException(
                path,
                $"the image input has the shape [{string.Join(", ", shape)}]; expected: batch, 3, height, width."
            );
        }

        var (width, height) =
            config.Crop ?? (config.Resize is { ShortestEdge: null } size ? (size.Width, size.Height) : (shape[3], shape[2]));
        return (shape[3] <= 0 || shape[3] == width) && (shape[2] <= 0 || shape[2] == height) && width > 0 && height > 0
            ? (width, height)
            : throw new ModelException(
                path,
                $"the graph expects images of {shape[3]} x {shape[2]} pixels but {PreprocessorConfig.FileName} produces {width} x {height}."
            );
    }
}
