using Serverless.Embeddings.Onnx;

namespace Serverless.Embeddings;

/// <summary>Loads the model, which blocks this thread for seconds.</summary>
internal sealed partial class ModelLoader(IServiceProvider provider, ILogger<ModelLoader> logger) : IModelPreparation
{
    public Task PrepareAsync(CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        var model = provider.GetRequiredService<OnnxModel>();
        LogLoaded(
            logger,
            model.Description.Name,
            model.Description.Revision,
            model.Description.Dimensions,
            (long)TimeProvider.System.GetElapsedTime(started).TotalMilliseconds
        );
        LogDevice(logger, model.Vision.Device.Name, model.Vision.Device.Reason);
        CalibrationWarning.LogIfNeeded(logger, model.Description.Name, model.Description.Thresholds, provider.GetService<IConfiguration>());
        if (model.Agreement is { } agreement)
        {
            LogAgreement(logger, agreement);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(
        LogLevel.Information,
        "Model {Name} (revision {Revision}, {Dimensions} dimensions) loaded and warm in {Milliseconds} ms."
    )]
    private static partial void LogLoaded(ILogger logger, string name, string revision, int dimensions, long milliseconds);

    [LoggerMessage(LogLevel.Information, "The model runs on {Device}: {Reason}.")]
    private static partial void LogDevice(ILogger logger, string device, string reason);

    [LoggerMessage(LogLevel.Information, "Quantised graphs agree with the full ones at a mean cosine of {Agreement:0.0000}.")]
    private static partial void LogAgreement(ILogger logger, double agreement);
}
