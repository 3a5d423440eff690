namespace FunctionsHost.Diagnostics;

/// <summary>The host's own log messages, on standard error.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The worker (process {ProcessId}) is ready, {Functions} functions")]
    public static partial void WorkerReady(this ILogger log, int processId, int functions);

    [LoggerMessage(2, LogLevel.Error, "{Reason} Restarting it in {Delay}")]
    public static partial void WorkerFailed(this ILogger log, string reason, TimeSpan delay);

    [LoggerMessage(3, LogLevel.Warning, "The worker did not shut down within {Grace} and is being killed")]
    public static partial void KillingWorker(this ILogger log, TimeSpan grace);

    [LoggerMessage(4, LogLevel.Warning, "No guard against an orphaned worker: {Reason}")]
    public static partial void NoOrphanGuard(this ILogger log, string reason);

    [LoggerMessage(5, LogLevel.Warning, "Killing the worker: {Reason} All running invocations fail with it")]
    public static partial void KillingForTimeout(this ILogger log, string reason);

    [LoggerMessage(6, LogLevel.Information, "Stopping: waiting up to {Grace} for running invocations")]
    public static partial void Draining(this ILogger log, TimeSpan grace);

    [LoggerMessage(11, LogLevel.Information, "{Function}: succeeded (id {InvocationId}, {Elapsed:0} ms)")]
    public static partial void Succeeded(this ILogger log, string function, string invocationId, double elapsed);

    [LoggerMessage(12, LogLevel.Error, "{Function}: failed (id {InvocationId}, {Elapsed:0} ms): {Reason}")]
    public static partial void Failed(this ILogger log, string function, string invocationId, double elapsed, string reason);

    [LoggerMessage(14, LogLevel.Information, "{Function}: cancelled (id {InvocationId}, {Elapsed:0} ms)")]
    public static partial void Cancelled(this ILogger log, string function, string invocationId, double elapsed);

    [LoggerMessage(13, LogLevel.Warning, "{Function}: the worker exited while this and other invocations ran; retrying it alone")]
    public static partial void Suspected(this ILogger log, string function);

    [LoggerMessage(20, LogLevel.Error, "A listener failed and continues")]
    public static partial void ListenerFailed(this ILogger log, Exception exception);
}
