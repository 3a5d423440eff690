namespace Serverless.Embeddings;

/// <summary>Says at the start that a model finds few copies until it is calibrated.</summary>
internal static partial class CalibrationWarning
{
    /// <summary>Nothing is said where the model has thresholds, or the settings have one.</summary>
    public static void LogIfNeeded(ILogger logger, string name, ModelThresholds thresholds, IConfiguration? settings)
    {
        if (!thresholds.IsCalibrated && settings?[ModelThresholds.Setting] is null)
        {
            Log(logger, name, ModelThresholds.Uncalibrated.Duplicate);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The model {Name} is not calibrated: images count as alike from a cosine of {Threshold}, so copies are missed. Calibrate it with: "
            + "dotnet run --project local -- calibrate --write"
    )]
    private static partial void Log(ILogger logger, string name, double threshold);
}
