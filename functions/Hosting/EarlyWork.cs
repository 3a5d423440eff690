using Serverless.Startup;
using Serverless.Storage;

namespace Serverless.Hosting;

/// <summary>
/// Work that arrives before the app is ready. It waits; what would wait longer than an invocation may last is put into a queue
/// again and counts as done, because each failed attempt brings a message nearer to the poison queue.
/// </summary>
internal sealed class EarlyWork(Readiness readiness, RecheckQueue rechecks, BackfillQueue backfills, JobQueue jobs, TimeProvider time)
{
    /// <summary>Below <c>functionTimeout</c> in host.json, with room for what is done with the work then.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    internal static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Runs an upload or a deletion once the app is ready, or leaves word to look at its path later.</summary>
    public Task RunAsync(ImagePath path, Func<Task> work, CancellationToken cancellation) =>
        RunAsync(RecheckMessage.LookAt(path), work, cancellation);

    public async Task RunAsync(RecheckMessage message, Func<Task> work, CancellationToken cancellation)
    {
        if (await BecomesReadyAsync(cancellation))
        {
            await work();
            return;
        }

        await rechecks.EnsureAsync(cancellation);
        await rechecks.SendAsync(message, Pause, cancellation);
    }

    public async Task RunAsync(BackfillMessage message, Func<Task> work, CancellationToken cancellation)
    {
        if (await BecomesReadyAsync(cancellation))
        {
            await work();
            return;
        }

        await backfills.EnsureAsync(cancellation);
        await backfills.SendAsync(message, Pause, cancellation);
    }

    public async Task RunAsync(JobMessage message, Func<Task> work, CancellationToken cancellation)
    {
        if (await BecomesReadyAsync(cancellation))
        {
            await work();
            return;
        }

        await jobs.EnsureAsync(cancellation);
        await jobs.SendAsync(message, Pause, cancellation);
    }

    /// <summary>Runs what comes again by itself, as a timer does, or leaves it out this time.</summary>
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
            await readiness.WaitAsync(cancellation).WaitAsync(Patience, time, cancellation);
            return true;
        }
        catch (Exception error) when (error is TimeoutException || (error is OperationCanceledException && readiness.Refusal is not null))
        {
            return false;
        }
    }
}
