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
    private readonly int? batch;
    private readonly GraphVectors reader;

    /// <param name="description">What <c>description.json</c> says of this model; null if there is none.</param>
    public VisionGraph(string path, PreprocessorConfig config, EmbeddingOptions options, ModelDescription? description = null)
    {
        var described = description ?? new();
        graph = new OnnxGraph(path, options);
        reader = new GraphVectors(described.Vision, described.Dimensions, path);
        input =
            InputNames.FirstOrDefault(graph.Inputs.ContainsKey)
            ?? OnlyImage()
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

        var output = reader.OutputOf(graph, "an image embedding", "image_embeds", "image_features");
        outputs = graph.Output(2, InstanceOutput) is { } instance ? [output, instance] : [output];
        batch = graph.Batch(input);
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
        Run(images.Count, (image, pixels) => Preprocessor.Fill(images[image], pixels));

    /// <summary>Embeds preprocessed pixels of shape count × 3 × height × width.</summary>
    public ImageEmbedding[] Embed(ReadOnlyMemory<float> pixels, int count) =>
        Run(count, (image, target) => pixels.Span.Slice(image * Preprocessor.Length, Preprocessor.Length).CopyTo(target));

    public void Dispose() => graph.Dispose();

    private delegate void Fill(int image, Span<float> pixels);

    private ImageEmbedding[] Run(int count, Fill fill) =>
        [.. Enumerable.Range(0, count).Chunk(batch ?? Math.Max(1, count)).SelectMany(images => Run(images, fill))];

    private IEnumerable<ImageEmbedding> Run(int[] images, Fill fill)
    {
        var rows = batch ?? images.Length;
        var length = rows * Preprocessor.Length;
        var buffer = ArrayPool<float>.Shared.Rent(length);
        try
        {
            // A graph of a fixed number of rows gets its first picture again in those that are left.
            for (var row = 0; row < rows; row++)
            {
                fill(images[row < images.Length ? row : 0], buffer.AsSpan(row * Preprocessor.Length, Preprocessor.Length));
            }

            using var value = Tensor(buffer.AsMemory(0, length), [rows, 3, Preprocessor.Height, Preprocessor.Width]);
            var results = graph.Run(new Dictionary<string, OrtValue> { [input] = value }, outputs);
            var vectors = reader.Rows(results[0], rows);
            var instances = results.Length > 1 ? UnitVector.Rows(results[1].Values, rows, Path) : null;
            return images.Select((_, row) => new ImageEmbedding(vectors[row], instances?[row]));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    /// <summary>The only input, if it may be a picture.</summary>
    private string? OnlyImage() =>
        graph.Inputs.Count == 1 && graph.Inputs.Single() is { Value.Dimensions.Length: 4 } only ? only.Key : null;

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
