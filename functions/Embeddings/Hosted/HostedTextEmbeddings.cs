using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace Serverless.Embeddings.Hosted;

/// <summary>Texts are always queries, and therefore interactive.</summary>
internal sealed class HostedTextEmbeddings(HostedProvider provider, IHostedEmbedder embedder)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default
    ) => [.. await Task.WhenAll(values.Select(text => EmbedAsync(text, cancellationToken)))];

    public object? GetService(Type serviceType, object? serviceKey = null) => HostedMetadata.Get(this, provider, serviceType, serviceKey);

    public void Dispose()
    {
        // The container owns the client.
    }

    private async Task<Embedding<float>> EmbedAsync(string text, CancellationToken cancellation)
    {
        var (cut, notice) = provider.Facts.Text.Cut(text, provider.Facts.Title);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cut)));
        var made = await embedder.EmbedAsync(new TextInput(hash, cut), isQuery: true, cancellation);
        return new EmbeddingReport(made.Usd, made.Calls, notice).On(new Embedding<float>(made.Vector) { ModelId = provider.Model.Name });
    }
}

internal static class HostedMetadata
{
    public static object? Get(object generator, HostedProvider provider, Type serviceType, object? serviceKey) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata)
            ? new EmbeddingGeneratorMetadata(provider.Facts.Name, new Uri(provider.Address), provider.ModelName, provider.Dimensions)
        : serviceType.IsInstanceOfType(generator) ? generator
        : null;
}
