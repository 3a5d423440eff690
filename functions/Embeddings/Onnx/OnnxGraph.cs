using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Serverless.Embeddings.Onnx;

/// <summary>One ONNX file, loaded once. Safe to run from many threads.</summary>
internal sealed class OnnxGraph : IDisposable
{
    private readonly InferenceSession session;

    // Kept alive with the session: collecting it while native code still reads it would crash the process.
    private readonly RunOptions runOptions = new();

    public OnnxGraph(string path, EmbeddingOptions settings)
    {
        Path = ModelFile.Existing(path);
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions
        {
            IntraOpNumThreads = settings.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        Device = ExecutionDevice.Choose(settings.Device, options);
        try
        {
            session = new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException exception)
        {
            runOptions.Dispose();
            throw new ModelException(path, $"ONNX Runtime cannot run the graph: {exception.Message}", exception);
        }
    }

    public string Path { get; }

    public ExecutionDevice Device { get; }

    public IReadOnlyDictionary<string, NodeMetadata> Inputs => session.InputMetadata;

    /// <summary>The first of the names that this graph outputs as a tensor of so many sides.</summary>
    public string? Output(int rank, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (session.OutputMetadata.TryGetValue(name, out var output) && output.Dimensions.Length == rank)
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>The output of so many sides if there is just one.</summary>
    public string? OnlyOutput(int rank)
    {
        var found = session.OutputMetadata.Where(output => output.Value.Dimensions.Length == rank).Take(2).ToList();
        return found is [var only] ? only.Key : null;
    }

    /// <summary>How many rows an input takes at once; null if any number.</summary>
    public int? Batch(string input) => Inputs[input].Dimensions is [> 0 and var rows, ..] ? rows : null;

    public string OutputNames => string.Join(", ", session.OutputMetadata.Keys);

    /// <summary>Runs the graph; returns each wanted output's values, row by row.</summary>
    public GraphOutput[] Run(IReadOnlyDictionary<string, OrtValue> inputs, IReadOnlyCollection<string> outputs)
    {
        using var results = session.Run(runOptions, inputs, outputs);
        return [.. results.Select(Values)];
    }

    public void Dispose()
    {
        session.Dispose();
        runOptions.Dispose();
    }

    private static GraphOutput Values(OrtValue value)
    {
        var type = value.GetTensorTypeAndShape();
        var values =
            type.ElementDataType == TensorElementType.Float16
                ? Array.ConvertAll(value.GetTensorDataAsSpan<Float16>().ToArray(), half => (float)half)
                : value.GetTensorDataAsSpan<float>().ToArray();
        return new GraphOutput(values, (int)type.Shape[^1]);
    }
}
