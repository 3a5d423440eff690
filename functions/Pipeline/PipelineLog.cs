using Serverless.Images;

namespace Serverless.Pipeline;

/// <summary>Logs name images by id: their names come from outside.</summary>
internal static partial class PipelineLog
{
    [LoggerMessage(100, LogLevel.Information, "Image {Id}: {Verdict} (similarity {Similarity:0.000})")]
    public static partial void Decided(ILogger logger, string id, Verdict verdict, double similarity);

    [LoggerMessage(101, LogLevel.Information, "Image {Id}: rejected. {Reason}")]
    public static partial void Rejected(ILogger logger, string id, string reason);

    [LoggerMessage(103, LogLevel.Information, "Image {Id}: superseded by a better copy (pending confirmation)")]
    public static partial void Superseded(ILogger logger, string id);

    [LoggerMessage(104, LogLevel.Information, "Image {Id}: its original was quarantined too; it is now a duplicate of {Other}")]
    public static partial void Relinked(ILogger logger, string id, string other);

    [LoggerMessage(
        105,
        LogLevel.Information,
        "Image {Id}: its original was quarantined too and nothing else matches, so it is being restored"
    )]
    public static partial void GoesBack(ILogger logger, string id);

    [LoggerMessage(102, LogLevel.Warning, "Image {Id}: deferred, next attempt in {Seconds:0} s. {Reason}")]
    public static partial void Waits(ILogger logger, string id, double seconds, string reason);
}
