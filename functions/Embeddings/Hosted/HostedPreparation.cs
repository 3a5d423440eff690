namespace Serverless.Embeddings.Hosted;

/// <summary>
/// Creates the cache table if needed, and logs which provider is paid. The provider itself is not asked before there is
/// work.
/// </summary>
internal sealed partial class HostedPreparation(EmbeddingCache cache, HostedProvider provider, ILogger<HostedPreparation> logger)
    : IModelPreparation
{
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await cache.EnsureAsync(cancellation);
        LogProvider(logger, provider.Facts.Title, provider.Address, provider.ModelName, provider.Dimensions);
    }

    [LoggerMessage(
        LogLevel.Information,
        "Embeddings come from {Provider} at {Address}, model {Model}, {Dimensions} dimensions; each new image and text is paid for."
    )]
    private static partial void LogProvider(ILogger logger, string provider, string address, string model, int dimensions);
}
