namespace FunctionsHost;

/// <summary>Everything the host says about itself, on standard error.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Starting the handler: {Command}")]
    public static partial void StartingHandler(this ILogger log, string command);

    [LoggerMessage(2, LogLevel.Information, "The handler (process {ProcessId}) answers on port {Port}")]
    public static partial void HandlerReady(this ILogger log, int processId, int port);

    [LoggerMessage(3, LogLevel.Error, "{Reason} Starting it again in {Delay}")]
    public static partial void HandlerFailed(this ILogger log, string reason, TimeSpan delay);

    [LoggerMessage(4, LogLevel.Warning, "Restarting the handler: {Reason}")]
    public static partial void RestartingHandler(this ILogger log, string reason);

    [LoggerMessage(5, LogLevel.Warning, "The handler did not end within {Grace} of being asked to; it is killed")]
    public static partial void KillingHandler(this ILogger log, TimeSpan grace);

    [LoggerMessage(6, LogLevel.Warning, "No guard against an orphaned handler: {Reason}")]
    public static partial void NoOrphanGuard(this ILogger log, string reason);

    [LoggerMessage(10, LogLevel.Debug, "{Subject}: started (id {InvocationId})")]
    public static partial void Invoking(this ILogger log, string subject, Guid invocationId);

    [LoggerMessage(11, LogLevel.Information, "{Subject}: succeeded (id {InvocationId}, {Elapsed:0} ms)")]
    public static partial void Succeeded(this ILogger log, string subject, Guid invocationId, double elapsed);

    [LoggerMessage(12, LogLevel.Error, "{Subject}: failed (id {InvocationId}, {Elapsed:0} ms): {Reason}")]
    public static partial void Failed(this ILogger log, string subject, Guid invocationId, double elapsed, string reason);

    [LoggerMessage(13, LogLevel.Information, "{Message}")]
    public static partial void User(this ILogger log, string message);

    [LoggerMessage(20, LogLevel.Information, "Waiting for the container {Container} to be created")]
    public static partial void WaitingForContainer(this ILogger log, string container);

    [LoggerMessage(21, LogLevel.Warning, "Storage did not answer ({Activity}); trying again: {Reason}")]
    public static partial void StorageFailed(this ILogger log, string activity, string reason);

    [LoggerMessage(22, LogLevel.Information, "Watching {Path} by listing it; the source EventGrid applies in Azure only")]
    public static partial void PollingInsteadOfEventGrid(this ILogger log, string path);

    [LoggerMessage(23, LogLevel.Error, "{Blob} moved to the queue {Queue}: {Reason}")]
    public static partial void BlobPoisoned(this ILogger log, string blob, string queue, string reason);

    [LoggerMessage(24, LogLevel.Debug, "{Blob} was changed or deleted before its attempt; dropped")]
    public static partial void BlobGone(this ILogger log, string blob);

    [LoggerMessage(25, LogLevel.Error, "{Subject} cannot be processed; it is left as it is")]
    public static partial void Unexpected(this ILogger log, Exception exception, string subject);

    [LoggerMessage(30, LogLevel.Error, "Message {Id} of the queue {Queue} moved to {PoisonQueue}: {Reason}")]
    public static partial void MessagePoisoned(this ILogger log, string id, string queue, string poisonQueue, string reason);

    [LoggerMessage(40, LogLevel.Information, "Next run at {Next:u}")]
    public static partial void NextRun(this ILogger log, DateTimeOffset next);

    [LoggerMessage(50, LogLevel.Warning, "The deletion of {Blob} was not accepted; trying again in {Delay}")]
    public static partial void DeletionRefused(this ILogger log, string blob, TimeSpan delay);

    [LoggerMessage(51, LogLevel.Warning, "Whether {Blob} was deleted cannot be told ({Reason}); the others are looked at")]
    public static partial void DeletionUnclear(this ILogger log, string blob, string reason);

    [LoggerMessage(60, LogLevel.Warning, "Invocations still running after {Grace} are abandoned; they will run again")]
    public static partial void AbandoningInvocations(this ILogger log, TimeSpan grace);
}
