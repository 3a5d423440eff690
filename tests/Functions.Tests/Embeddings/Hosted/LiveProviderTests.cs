using System.Diagnostics;
using System.Numerics.Tensors;
using Azure.Data.Tables;
using Functions.Tests.Ledger;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Storage;
using Shared;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>
/// The vendors' own services, with your credentials and at your cost (four images and a text each, about a tenth of a cent
/// together). Set LIVE_EMBEDDINGS to the providers that you have access to, separated by commas, and Embedding__… as the app takes
/// it, with a prefix for each: LIVE_AZURE_VISION_Endpoint, LIVE_BEDROCK_Region, LIVE_VERTEX_Project and so on.
/// </summary>
public sealed class LiveProviderTests(StorageFixture storage, ITestOutputHelper output)
{
    [Theory]
    [InlineData("azure-foundry")]
    [InlineData("azure-vision")]
    [InlineData("bedrock")]
    [InlineData("vertex")]
    public async Task Words_find_their_picture_and_a_smaller_copy_is_like_its_original(string provider)
    {
        var asked = Environment.GetEnvironmentVariable("LIVE_EMBEDDINGS")?.Split(',') ?? [];
        Assert.SkipUnless(asked.Contains(provider), $"LIVE_EMBEDDINGS does not name {provider}: see docs/providers.md.");
        var prefix = $"LIVE_{provider.Replace('-', '_').ToUpperInvariant()}_";
        await CheckAsync(provider, new ConfigurationBuilder().AddEnvironmentVariables(prefix).Build().AsEnumerable());
    }

    [Fact]
    public async Task The_check_itself_holds_with_a_local_server_in_the_place_of_a_vendors()
    {
        await using var server = new AzureVisionServer(TimeProvider.System);
        await server.StartAsync();
        await CheckAsync("azure-vision", [new("Endpoint", server.Address), new("ApiKey", AzureVisionServer.Key)]);
        Assert.Equal(5, server.Requests.Count);
    }

    private async Task CheckAsync(string provider, IEnumerable<KeyValuePair<string, string?>> set)
    {
        await using var services = Services(provider, set);
        var images = services.GetRequiredService<IEmbeddingGenerator<CheckedImage, ImageEmbedding>>();
        var texts = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        await storage.Tables().GetTableClient("EmbeddingCache").CreateIfNotExistsAsync();

        var red = await ImageAsync(images, Flat.Png(220, 20, 20));
        var blue = await ImageAsync(images, Flat.Png(20, 20, 220));
        var text = await MeasureAsync("text", async () => (await texts.GenerateAsync(["a red picture"]))[0]);
        Assert.True(Cosine(text.Vector, red.Vector) > Cosine(text.Vector, blue.Vector));

        var photo = Picture.Photo(Picture.Photos.First());
        var (original, smaller) = (await ImageAsync(images, photo.Jpeg()), await ImageAsync(images, photo.Resized(0.5).Jpeg()));
        Assert.True(Cosine(original.Vector, smaller.Vector) > Cosine(original.Vector, red.Vector));
        output.WriteLine($"{provider}: cosine of a photograph and its half-size copy {Cosine(original.Vector, smaller.Vector):0.0000}");
    }

    private Task<ImageEmbedding> ImageAsync(IEmbeddingGenerator<CheckedImage, ImageEmbedding> images, byte[] bytes) =>
        MeasureAsync("image", async () => (await images.GenerateAsync([Imaging.Pictures.Accepted(bytes)]))[0]);

    private async Task<T> MeasureAsync<T>(string what, Func<Task<T>> run)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await run();
        output.WriteLine($"{what}: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
        return result;
    }

    private ServiceProvider Services(string provider, IEnumerable<KeyValuePair<string, string?>> set)
    {
        var settings = set.ToDictionary(pair => $"Embedding:{pair.Key}", pair => pair.Value);
        settings["Embedding:Provider"] = provider;
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System).AddSingleton<TableServiceClient>(storage.Tables()).AddLogging();
        services.AddSingleton(new StorageClock(TimeProvider.System, _ => Task.FromResult(TimeProvider.System.GetUtcNow())));
        services.AddEmbeddings(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return services.BuildServiceProvider();
    }

    private static float Cosine(ReadOnlyMemory<float> a, ReadOnlyMemory<float> b) =>
        TensorPrimitives.CosineSimilarity<float>(a.Span, b.Span);
}
