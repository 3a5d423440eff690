namespace Serverless.Embeddings.Hosted;

/// <summary>Makes the table of the cache where it does not exist, and says in the log who is paid. The provider itself is not asked before there is work.</summary>
internal sealed partial class HostedPreparation(EmbeddingCache cache, HostedProvider provider, ILogger<HostedPreparation> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await cache.EnsureAsync(cancellationToken);
        LogProvider(logger, provider.Facts.Title, provider.Address, provider.ModelName, provider.Dimensions);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Embeddings are made by {Provider} at {Address}, model {Model}, {Dimensions} dimensions; each new image and text is paid for.")]
    private static partial void LogProvider(ILogger logger, string provider, string address, string model, int dimensions);
}
