namespace FunctionsHost.Diagnostics;

/// <summary>What the host says about itself, on standard error.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The worker (process {ProcessId}) is ready, {Functions} functions")]
    public static partial void WorkerReady(this ILogger log, int processId, int functions);

    [LoggerMessage(2, LogLevel.Error, "{Reason} Starting another in {Delay}")]
    public static partial void WorkerFailed(this ILogger log, string reason, TimeSpan delay);

    [LoggerMessage(3, LogLevel.Warning, "The worker did not end within {Grace} of being asked to; it is killed")]
    public static partial void KillingWorker(this ILogger log, TimeSpan grace);

    [LoggerMessage(4, LogLevel.Warning, "No guard against an orphaned worker: {Reason}")]
    public static partial void NoOrphanGuard(this ILogger log, string reason);

    [LoggerMessage(5, LogLevel.Warning, "Killing the worker: {Reason} Whatever else is running fails with it")]
    public static partial void KillingForTimeout(this ILogger log, string reason);

    [LoggerMessage(6, LogLevel.Information, "Stopping: waiting up to {Grace} for what is running")]
    public static partial void Draining(this ILogger log, TimeSpan grace);

    [LoggerMessage(11, LogLevel.Information, "{Function}: succeeded (id {InvocationId}, {Elapsed:0} ms)")]
    public static partial void Succeeded(this ILogger log, string function, string invocationId, double elapsed);

    [LoggerMessage(12, LogLevel.Error, "{Function}: failed (id {InvocationId}, {Elapsed:0} ms): {Reason}")]
    public static partial void Failed(this ILogger log, string function, string invocationId, double elapsed, string reason);

    [LoggerMessage(14, LogLevel.Information, "{Function}: cancelled (id {InvocationId}, {Elapsed:0} ms)")]
    public static partial void Cancelled(this ILogger log, string function, string invocationId, double elapsed);

    [LoggerMessage(13, LogLevel.Warning, "{Function}: the worker ended while this and others ran; it is run again, alone")]
    public static partial void Suspected(this ILogger log, string function);

    [LoggerMessage(20, LogLevel.Error, "A listener failed; it goes on")]
    public static partial void ListenerFailed(this ILogger log, Exception exception);
}
