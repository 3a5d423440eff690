using System.Runtime.InteropServices;

namespace Serverless.Embeddings.Onnx;

/// <summary>What ONNX Runtime's CUDA provider links, by file name; the driver first.</summary>
internal static class CudaLibraries
{
    public static IReadOnlyList<string> Linux { get; } =
    ["libcuda.so.1", "libcudart.so.13", "libcublas.so.13", "libcublasLt.so.13", "libcurand.so.10", "libcudnn.so.9"];

    public static IReadOnlyList<string> Windows { get; } =
    ["nvcuda.dll", "cudart64_13.dll", "cublas64_13.dll", "cublasLt64_13.dll", "cudnn64_9.dll"];

    /// <summary>The first that cannot be loaded, or null where all can.</summary>
    public static string? FirstMissing() =>
        (OperatingSystem.IsWindows() ? Windows : Linux).FirstOrDefault(name => !NativeLibrary.TryLoad(name, out _));
}
