using Microsoft.Extensions.AI;

namespace Serverless.Embeddings.Onnx;

internal sealed class OnnxTextEmbeddings(OnnxModel model, BatchWorkers<string, ReadOnlyMemory<float>> workers)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var vectors = await Task.WhenAll(values.Select(text => workers.RunAsync(text, cancellationToken)));
        return [.. vectors.Select(vector => new Embedding<float>(vector) { ModelId = model.Description.Name })];
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => OnnxMetadata.Get(this, model, serviceType, serviceKey);

    public void Dispose()
    {
        // The container owns the workers and the model.
    }
}

internal static class OnnxMetadata
{
    public static object? Get(object generator, OnnxModel model, Type serviceType, object? serviceKey) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata)
            ? new EmbeddingGeneratorMetadata(EmbeddingOptions.Onnx, null, model.Description.Name, model.Description.Dimensions)
        : serviceType.IsInstanceOfType(generator) ? generator
        : null;
}
