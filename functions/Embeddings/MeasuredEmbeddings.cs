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
    /// <summary>Puts the measurement around the generator that is registered last.</summary>
    public static void Measure<TInput, TEmbedding>(this IServiceCollection services, string kind)
        where TEmbedding : Embedding
    {
        var registered = services.LastOrDefault(service => service.ServiceType == typeof(IEmbeddingGenerator<TInput, TEmbedding>));
        if (registered is null)
        {
            return;
        }

        services.Remove(registered);
        services.AddSingleton<IEmbeddingGenerator<TInput, TEmbedding>>(provider => new MeasuredEmbeddings<TInput, TEmbedding>(
            Create<TInput, TEmbedding>(registered, provider),
            kind
        ));
    }

    private static IEmbeddingGenerator<TInput, TEmbedding> Create<TInput, TEmbedding>(
        ServiceDescriptor registered,
        IServiceProvider provider
    )
        where TEmbedding : Embedding =>
        (IEmbeddingGenerator<TInput, TEmbedding>)(
            registered.ImplementationInstance
            ?? registered.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!)
        );
}
