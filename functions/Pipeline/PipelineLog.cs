using Serverless.Images;

namespace Serverless.Pipeline;

/// <summary>What is logged of an image is its id: names come from outside.</summary>
internal static partial class PipelineLog
{
    [LoggerMessage(100, LogLevel.Information, "Image {Id}: {Verdict} (similarity {Similarity:0.000})")]
    public static partial void Decided(ILogger logger, string id, Verdict verdict, double similarity);

    [LoggerMessage(101, LogLevel.Information, "Image {Id}: rejected. {Reason}")]
    public static partial void Rejected(ILogger logger, string id, string reason);

    [LoggerMessage(103, LogLevel.Information, "Image {Id}: superseded by a better copy (pending confirmation)")]
    public static partial void Superseded(ILogger logger, string id);

    [LoggerMessage(104, LogLevel.Information, "Image {Id}: what it duplicated is in quarantine itself; it duplicates {Other} now")]
    public static partial void Relinked(ILogger logger, string id, string other);

    [LoggerMessage(
        105,
        LogLevel.Information,
        "Image {Id}: what it duplicated is in quarantine itself, and nothing else is alike: it goes back"
    )]
    public static partial void GoesBack(ILogger logger, string id);

    [LoggerMessage(102, LogLevel.Warning, "Image {Id}: waits, and is tried again in {Seconds:0} s. {Reason}")]
    public static partial void Waits(ILogger logger, string id, double seconds, string reason);
}
