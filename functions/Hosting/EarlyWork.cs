using Serverless.Startup;
using Serverless.Storage;

namespace Serverless.Hosting;

/// <summary>
/// Work that arrives before the app is ready. It waits; work that would wait longer than an invocation may last is queued again and counts
/// as done, because each failed attempt brings a message closer to the poison queue.
/// </summary>
internal sealed class EarlyWork(Readiness readiness, RecheckQueue rechecks, TimeProvider time)
{
    /// <summary>Below <c>functionTimeout</c> in host.json, with time left to do the work.</summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(4);

    internal static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Handles an upload or a deletion once the app is ready, or queues a later look at its path.</summary>
    public Task RunAsync(ImagePath path, Func<Task> work, CancellationToken cancellation) =>
        RunAsync(rechecks, RecheckMessage.ForPath(path), work, cancellation);

    /// <summary>Handles a message once the app is ready, or puts it back into its queue.</summary>
    public async Task RunAsync<TMessage>(WorkQueue<TMessage> queue, TMessage message, Func<Task> work, CancellationToken cancellation)
    {
        if (await BecomesReadyAsync(cancellation))
        {
            await work();
            return;
        }

        await queue.EnsureAsync(cancellation);
        await queue.SendAsync(message, Pause, cancellation);
    }

    /// <summary>Runs recurring work, such as a timer's, or skips it this time.</summary>
    public async Task RunAsync(Func<Task> work, CancellationToken cancellation)
    {
        if (await BecomesReadyAsync(cancellation))
        {
            await work();
        }
    }

    private async Task<bool> BecomesReadyAsync(CancellationToken cancellation)
    {
        try
        {
            await readiness.WaitAsync(cancellation).WaitAsync(MaxWait, time, cancellation);
            return true;
        }
        catch (Exception error) when (error is TimeoutException || (error is OperationCanceledException && readiness.Failure is not null))
        {
            return false;
        }
    }
}
