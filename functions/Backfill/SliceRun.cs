using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>
/// Processes the images of a slice. Any number of workers may process different slices; a slice delivered twice is processed twice, which
/// changes nothing and pays for nothing again, and is counted once.
/// </summary>
internal sealed class SliceRun(BackfillJobs jobs, BackfillSliceQueue queue, BackfillImages images, UploadsFirst uploads, TimeProvider clock)
{
    private const int Parallelism = 4;

    /// <summary>Well within a function's time limit: the next message continues.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    /// <summary>How soon a cancelled backfill is noticed.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(3);

    public async Task RunAsync(BackfillSliceMessage message, CancellationToken cancellation)
    {
        if (
            await jobs.FindAsync(message.Id, cancellation) is not { Status: BackfillStatus.Running } job
            || await jobs.FindSliceAsync(message.Id, message.Number, cancellation) is not { IsDone: false } slice
        )
        {
            return;
        }

        var (after, isCancelled) = await ProcessAsync(slice, job, cancellation);
        var written = await jobs.TryWriteAsync(after, cancellation);
        if (written is { IsDone: false } && !isCancelled)
        {
            await queue.SendAsync(message, cancellation);
        }
    }

    /// <summary>The slice after its images, or after those that there was time for.</summary>
    private async Task<(BackfillSlice Slice, bool IsCancelled)> ProcessAsync(
        BackfillSlice slice,
        BackfillJob job,
        CancellationToken cancellation
    )
    {
        var started = clock.GetTimestamp();
        var looked = started;
        var (processed, failed, isCancelled) = (slice.Processed, 0, false);
        while (processed < slice.Items.Count && clock.GetElapsedTime(started) < Longest)
        {
            if (clock.GetElapsedTime(looked) > LookInterval)
            {
                looked = clock.GetTimestamp();
                isCancelled = await jobs.FindAsync(job.Id, cancellation) is not { Status: BackfillStatus.Running };
                if (isCancelled)
                {
                    break;
                }
            }

            var next = slice.Items.Skip(processed).Take(Parallelism).ToList();
            var outcomes = await Task.WhenAll(next.Select(item => TryRunAsync(item, job, cancellation)));
            processed += next.Count;
            failed += outcomes.Count(isDone => !isDone);
        }

        // Images that cannot be read from the row have failed.
        var unreadable = processed >= slice.Items.Count ? slice.Count - Math.Max(slice.Items.Count, slice.Processed) : 0;
        return (slice with { Processed = processed + unreadable, Failed = slice.Failed + failed + unreadable }, isCancelled);
    }

    private async Task<bool> TryRunAsync(SliceItem listed, BackfillJob job, CancellationToken cancellation)
    {
        using var turn = await uploads.EnterAsync(cancellation);
        return await images.TryRunAsync(job, listed, cancellation);
    }
}
