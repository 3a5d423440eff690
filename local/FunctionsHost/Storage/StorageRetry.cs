using Azure;

namespace FunctionsHost.Storage;

/// <summary>Repeats what the host cannot do without until storage answers: it may be starting, or restarting.</summary>
internal static class StorageRetry
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(5);

    public static async Task UntilDoneAsync(string activity, Func<Task> action, ILogger log, CancellationToken stopping)
    {
        for (var delay = FirstDelay; ; delay = Min(delay * 2, MaxDelay))
        {
            try
            {
                await action();
                return;
            }
            catch (Exception e) when (IsTransient(e, stopping))
            {
                log.StorageFailed(activity, Describe(e));
                await Task.Delay(delay, stopping);
            }
        }
    }

    /// <summary>Whatever storage does wrong. The SDK wraps what failed on each of its own attempts, and cancels what takes long.</summary>
    public static bool IsTransient(Exception e, CancellationToken stopping) => !stopping.IsCancellationRequested
        && (e is RequestFailedException or IOException or OperationCanceledException
            || (e is AggregateException { InnerException: { } inner } && IsTransient(inner, stopping)));

    /// <summary>No answer, or one that says nothing of what was asked for: another time it may be had.</summary>
    public static bool IsOutage(Exception e, CancellationToken stopping) => IsTransient(e, stopping)
        && ((e as AggregateException)?.InnerException ?? e) is not RequestFailedException { Status: >= 400 and < 500 and not 408 and not 429 };

    public static string Describe(Exception e)
    {
        var first = (e as AggregateException)?.InnerException ?? e;
        return first is RequestFailedException { ErrorCode: { Length: > 0 } code } ? code : first.Message.ReplaceLineEndings(" ");
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
