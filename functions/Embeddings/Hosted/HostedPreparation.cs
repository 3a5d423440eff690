namespace Serverless.Embeddings.Hosted;

/// <summary>
/// Creates the cache table if needed, and logs which provider is paid. The provider itself is not asked before there is
/// work.
/// </summary>
internal sealed partial class HostedPreparation(
    EmbeddingCache cache,
    HostedProvider provider,
    IConfiguration configuration,
    ILogger<HostedPreparation> logger
) : IModelPreparation
{
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await cache.EnsureAsync(cancellation);
        LogProvider(logger, provider.Facts.Title, provider.Address, provider.ModelName, provider.Dimensions);
        if (provider.Facts.Retires is { } retires)
        {
            LogRetires(logger, provider.Facts.Title, retires.Day, retires.Instead);
        }

        CalibrationWarning.LogIfNeeded(logger, provider.ModelName, provider.Model.Thresholds, configuration);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "{Provider} ends its embeddings on {Day:yyyy-MM-dd} and recommends Embedding:Provider={Instead}. Change before that; a changed "
            + "model fills a second index while the first one answers."
    )]
    private static partial void LogRetires(ILogger logger, string provider, DateOnly day, string instead);

    [LoggerMessage(
        LogLevel.Information,
        "Embeddings come from {Provider} at {Address}, model {Model}, {Dimensions} dimensions; each new image and text is paid for."
    )]
    private static partial void LogProvider(ILogger logger, string provider, string address, string model, int dimensions);
}
