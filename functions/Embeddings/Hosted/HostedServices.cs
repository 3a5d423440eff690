using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Google.Apis.Auth.OAuth2;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Serverless.Embeddings.Hosted.AzureVision;
using Serverless.Embeddings.Hosted.Bedrock;
using Serverless.Embeddings.Hosted.Foundry;
using Serverless.Embeddings.Hosted.Vertex;
using Serverless.Imaging;
using Serverless.Storage;

namespace Serverless.Embeddings.Hosted;

internal static class HostedServices
{
    private static readonly ProviderFacts[] All =
    [
        FoundryProvider.Known,
        AzureVisionProvider.Known,
        BedrockProvider.Known,
        NovaProvider.Nova,
        VertexProvider.Known,
        GeminiProvider.Gemini,
    ];

    /// <summary>The facts of a hosted provider's model; of its first for an unknown model, and null for any other provider.</summary>
    public static ProviderFacts? FactsOf(string provider, string? model) =>
        All.FirstOrDefault(facts => facts.Name == provider && facts.Models.Contains(model))
        ?? All.FirstOrDefault(facts => facts.Name == provider);

    /// <summary>Values of <c>Embedding:Model</c> for a provider.</summary>
    public static IEnumerable<string> ModelsOf(string provider) =>
        All.Where(facts => facts.Name == provider).SelectMany(facts => facts.Models);

    public static string? AwsRegion(EmbeddingOptions options) =>
        options.Region ?? Environment.GetEnvironmentVariable("AWS_REGION") ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION");

    public static IServiceCollection AddHostedEmbeddings(this IServiceCollection services, ProviderFacts facts)
    {
        services.AddSingleton(Provider);
        services.AddSingleton(provider => provider.GetRequiredService<HostedProvider>().Model);
        services.AddSingleton(provider => new RequestGate(
            provider.GetRequiredService<IOptions<EmbeddingOptions>>().Value.RequestsPerMinute ?? facts.RequestsPerMinute,
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(provider => new HostedClient(
            provider.GetRequiredService<HostedProvider>(),
            Http(),
            provider.GetRequiredService<RequestGate>(),
            provider.GetRequiredService<TimeProvider>(),
            Jitter
        ));
        services.AddSingleton(provider => new EmbeddingCache(
            provider.GetRequiredService<HostedClient>(),
            provider.GetRequiredService<TableServiceClient>(),
            provider.GetRequiredService<HostedProvider>(),
            provider.GetRequiredService<StorageClock>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<IHostedEmbedder>(provider => provider.GetRequiredService<EmbeddingCache>());
        services.AddMeasured<CheckedImage, ImageEmbedding, HostedImageEmbeddings>("image");
        services.AddMeasured<string, Embedding<float>, HostedTextEmbeddings>("text");

        // One decoding serves both the fingerprint and the provider's JPEG.
        services
            .AddOptions<ImageDecoding>()
            .Configure(decoding => decoding.ShortSide = Math.Max(decoding.ShortSide, facts.Image.LongSide));
        services.AddSingleton<IModelPreparation, HostedPreparation>();
        return services;
    }

    internal static HttpClient Http() =>
        new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
        {
            // Each attempt has its own timeout.
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = HostedClient.MaxAnswerBytes,
        };

    private static HostedProvider Provider(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<EmbeddingOptions>>().Value;
        return options.Provider switch
        {
            EmbeddingOptions.AzureFoundry => new FoundryProvider(options, Entra(services)),
            EmbeddingOptions.AzureVision => new AzureVisionProvider(options, Entra(services)),
            EmbeddingOptions.Bedrock => Bedrock(options, services.GetRequiredService<TimeProvider>()),
            _ when GeminiProvider.Gemini.Models.Contains(options.Model) => new GeminiProvider(options, GoogleCredentialAsync),
            _ => new VertexProvider(options, GoogleCredentialAsync),
        };
    }

    private static TokenCredential Entra(IServiceProvider services) =>
        services.GetService<TokenCredential>() ?? new DefaultAzureCredential();

    private static BedrockProvider Bedrock(EmbeddingOptions options, TimeProvider clock)
    {
        var (key, region) = (BedrockKey(options), AwsRegion(options)!);
        return NovaProvider.Nova.Models.Contains(options.Model)
            ? new NovaProvider(options, key, region, AwsCredentialsAsync, clock)
            : new BedrockProvider(options, key, region, AwsCredentialsAsync, clock);
    }

    /// <summary>The setting, or the variable that AWS libraries read.</summary>
    private static string? BedrockKey(EmbeddingOptions options) =>
        options.ApiKey is { Length: > 0 } key ? key
        : Environment.GetEnvironmentVariable("AWS_BEARER_TOKEN_BEDROCK") is { Length: > 0 } token ? token
        : null;

    private static async Task<AWSCredentials> AwsCredentialsAsync(CancellationToken cancellation)
    {
        using var chain = new DefaultAWSCredentialsIdentityResolver();
        return await chain.ResolveIdentityAsync(null, cancellation);
    }

    private static async Task<ITokenAccess> GoogleCredentialAsync(CancellationToken cancellation) =>
        (await GoogleCredential.GetApplicationDefaultAsync(cancellation)).CreateScoped(VertexProvider.Scope);

#pragma warning disable CA5394 // Jitter needs no secrecy.
    private static double Jitter() => Random.Shared.NextDouble();
#pragma warning restore CA5394
}
