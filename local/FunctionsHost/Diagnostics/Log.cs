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

    [LoggerMessage(5, LogLevel.Warning, "Killing the worker: {Reason} All running invocations fail with it")]
    public static partial void KillingForTimeout(this ILogger log, string reason);

    [LoggerMessage(6, LogLevel.Information, "Stopping: waiting up to {Grace} for running invocations")]
    public static partial void Draining(this ILogger log, TimeSpan grace);

    [LoggerMessage(EventId = 11, Message = "{Function}: {Outcome} (id {InvocationId}, {Elapsed:0} ms){Reason}")]
    public static partial void Finished(
        this ILogger log,
        LogLevel level,
        string function,
        string outcome,
        string invocationId,
        double elapsed,
        string reason
    );

    [LoggerMessage(13, LogLevel.Warning, "{Function}: the worker exited while this and other invocations ran; retrying it alone")]
    public static partial void Suspected(this ILogger log, string function);

    [LoggerMessage(20, LogLevel.Error, "A listener failed and continues")]
    public static partial void ListenerFailed(this ILogger log, Exception exception);

#pragma warning disable CA1848, CA2254 // The message is the app's, formatted there.
    public static void OfApp(this ILogger log, LogLevel level, string message) => log.Log(level, "{Message}", message);
#pragma warning restore CA1848, CA2254
}
