using Microsoft.Extensions.AI;
using Serverless.Imaging;

namespace Serverless.Embeddings.Onnx;

internal sealed class OnnxImageEmbeddings(OnnxModel model, BatchWorkers<CheckedImage, ImageEmbedding> workers)
    : IEmbeddingGenerator<CheckedImage, ImageEmbedding>
{
    public async Task<GeneratedEmbeddings<ImageEmbedding>> GenerateAsync(
        IEnumerable<CheckedImage> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default
    ) => [.. await Task.WhenAll(values.Select(image => workers.RunAsync(image, cancellationToken)))];

    public object? GetService(Type serviceType, object? serviceKey = null) => OnnxMetadata.Get(this, model, serviceType, serviceKey);

    public void Dispose()
    {
        // The container owns the workers and the model.
    }
}
