namespace Packaging.Tests;

/// <summary>The app built for CUDA, as its image is, but for what only makes the start faster.</summary>
public sealed class CudaBuild() : PublishedFolder("-p:OnnxRuntimeGpu=true", "-p:PublishReadyToRun=false");
