using Microsoft.ML.OnnxRuntime;

namespace Serverless.Embeddings.Onnx;

/// <summary>The device that runs the graphs, and the reason for it.</summary>
internal sealed record ExecutionDevice(string Name, string Reason)
{
    public const string Auto = "auto";
    public const string Cpu = "cpu";
    public const string Cuda = "cuda";

    private const string CudaProvider = "CUDAExecutionProvider";

    /// <summary>Adds CUDA to the options if it is wanted and works; the CPU is always available.</summary>
    public static ExecutionDevice Choose(string wanted, Microsoft.ML.OnnxRuntime.SessionOptions options)
    {
        if (wanted == Cpu)
        {
            return new(Cpu, $"{EmbeddingOptions.Section}:{nameof(EmbeddingOptions.Device)} requests it");
        }

        if (!OrtEnv.Instance().GetAvailableProviders().Contains(CudaProvider))
        {
            return Fall(wanted, "this build has no CUDA provider; build it with -p:OnnxRuntimeGpu=true");
        }

        // ONNX Runtime writes raw errors of its own for each library that it misses.
        if (CudaLibraries.FirstMissing() is { } missing)
        {
            return Fall(wanted, $"{missing} is not on this machine: it takes an NVIDIA driver for CUDA 13, CUDA 13 and cuDNN 9");
        }

        try
        {
            options.AppendExecutionProvider_CUDA(0);
            return new(Cuda, "the CUDA provider and a device are available");
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or DllNotFoundException or EntryPointNotFoundException)
        {
            return Fall(wanted, $"CUDA cannot be used: {exception.Message}");
        }
    }

    private static ExecutionDevice Fall(string wanted, string reason) =>
        wanted == Auto
            ? new(Cpu, reason)
            : throw new ModelException(
                $"{EmbeddingOptions.Section}:{nameof(EmbeddingOptions.Device)}",
                $"cuda is requested, but {reason}."
            );
}
