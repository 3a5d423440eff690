using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Embeddings;
using Serverless.Imaging;

namespace Functions.Tests.Embeddings;

/// <summary>The model that comes with the product, loaded once as the product loads it.</summary>
public sealed class DefaultModel : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public DefaultModel()
    {
        var configuration = new ConfigurationBuilder().Build();
        services = new ServiceCollection().AddLogging().AddImaging(configuration).AddEmbeddings(configuration).BuildServiceProvider();
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public async Task<ImageEmbedding> EmbedAsync(CheckedImage image) =>
        (await Get<IEmbeddingGenerator<CheckedImage, ImageEmbedding>>().GenerateAsync([image]))[0];

    public async Task<float[]> EmbedAsync(string text) =>
        (await Get<IEmbeddingGenerator<string, Embedding<float>>>().GenerateAsync([text]))[0].Vector.ToArray();

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
