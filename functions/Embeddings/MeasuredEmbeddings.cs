using Microsoft.Extensions.AI;
using Serverless.Telemetry;

namespace Serverless.Embeddings;

/// <summary>Measures every call of an embedding generator.</summary>
internal sealed class MeasuredEmbeddings<TInput, TEmbedding>(IEmbeddingGenerator<TInput, TEmbedding> inner, string kind)
    : DelegatingEmbeddingGenerator<TInput, TEmbedding>(inner)
    where TEmbedding : Embedding
{
    public override async Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        using var step = Step.Embed.Begin(kind);
        return await base.GenerateAsync(values, options, cancellationToken);
    }
}

internal static class MeasuredEmbeddings
{
    /// <summary>Registers a generator, measured.</summary>
    /// <param name="kind">The tag of its measurements: image or text.</param>
    public static void AddMeasured<TInput, TEmbedding, TGenerator>(this IServiceCollection services, string kind)
        where TEmbedding : Embedding
        where TGenerator : class, IEmbeddingGenerator<TInput, TEmbedding>
    {
        services.AddSingleton<TGenerator>();
        services.AddSingleton<IEmbeddingGenerator<TInput, TEmbedding>>(provider => new MeasuredEmbeddings<TInput, TEmbedding>(
            provider.GetRequiredService<TGenerator>(),
            kind
        ));
    }
}
