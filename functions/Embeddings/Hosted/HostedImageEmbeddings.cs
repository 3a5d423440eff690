using Microsoft.Extensions.AI;
using Serverless.Imaging;

namespace Serverless.Embeddings.Hosted;

internal sealed class HostedImageEmbeddings(HostedProvider provider, IHostedEmbedder embedder)
    : IEmbeddingGenerator<CheckedImage, ImageEmbedding>
{
    public async Task<GeneratedEmbeddings<ImageEmbedding>> GenerateAsync(
        IEnumerable<CheckedImage> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default
    ) => [.. await Task.WhenAll(values.Select(image => EmbedAsync(image, EmbeddingPriority.IsQuery(options), cancellationToken)))];

    public object? GetService(Type serviceType, object? serviceKey = null) => HostedMetadata.Get(this, provider, serviceType, serviceKey);

    public void Dispose()
    {
        // The container owns the client.
    }

    private async Task<ImageEmbedding> EmbedAsync(CheckedImage image, bool isQuery, CancellationToken cancellation)
    {
        var jpeg = new Lazy<byte[]>(() => ImageNormaliser.ToJpeg(image, provider.Facts.Image));
        var made = await embedder.EmbedAsync(new ImageInput(image.Sha256, jpeg), isQuery, cancellation);
        return new EmbeddingReport(made.Usd, made.Calls, Notice: null).On(
            new ImageEmbedding(made.Vector, copyDescriptor: null) { ModelId = provider.Model.Name }
        );
    }
}
