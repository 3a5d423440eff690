using Serverless.Embeddings.Onnx;

namespace Serverless.Embeddings;

/// <summary>Loads the model before the server listens: hosted services start first, in the order of registration.</summary>
internal sealed partial class ModelLoader(IServiceProvider provider, ILogger<ModelLoader> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var model = provider.GetRequiredService<OnnxModel>().Description;
        LogLoaded(logger, model.Name, model.Revision, model.Dimensions, (long)TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Model {Name} (revision {Revision}, {Dimensions} dimensions) loaded and warm in {Milliseconds} ms.")]
    private static partial void LogLoaded(ILogger logger, string name, string revision, int dimensions, long milliseconds);
}
