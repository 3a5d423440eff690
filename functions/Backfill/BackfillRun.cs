using Serverless.Jobs;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>
/// Walks over the images in the bucket, one queue message per page. A message says only "continue"; the job's row says where. So a page
/// delivered twice is processed twice (which changes nothing) but counted once.
/// </summary>
internal sealed class BackfillRun(BackfillJobs jobs, BackfillQueue queue, ImageStore store, BackfillPage page, StorageClock storage)
{
    /// <summary>Longer than a function may run (<c>functionTimeout</c> in host.json): no worker is still at the page.</summary>
    private static readonly TimeSpan Stalled = TimeSpan.FromMinutes(11);

    public async Task<BackfillJob> StartAsync(BackfillWork work, string? prefix, bool dryRun, long? max, CancellationToken cancellation)
    {
        var now = await storage.NowAsync(cancellation);
        var job =
            await jobs.TryWriteAsync(
                new BackfillJob
                {
                    Id = JobTable.NewId(now),
                    Work = work,
                    Container = store.Images,
                    Prefix = prefix,
                    DryRun = dryRun,
                    Max = max,
                    StartedAt = now,
                },
                cancellation
            ) ?? throw new InvalidOperationException("The new backfill's id is already taken.");
        await queue.SendAsync(new BackfillMessage(job.Id), cancellation);
        return job;
    }

    /// <summary>Stops after the current page.</summary>
    public async Task<BackfillJob?> CancelAsync(string id, CancellationToken cancellation)
    {
        var now = await storage.NowAsync(cancellation);
        return await ChangeAsync(
            id,
            job => job.Status == BackfillStatus.Running ? job with { Status = BackfillStatus.Cancelled, FinishedAt = now } : job,
            cancellation
        );
    }

    /// <summary>Resumes a cancelled or stalled backfill.</summary>
    public async Task<BackfillJob?> ResumeAsync(string id, CancellationToken cancellation)
    {
        var job = await ChangeAsync(
            id,
            job => job.Status == BackfillStatus.Cancelled ? job with { Status = BackfillStatus.Running, FinishedAt = null } : job,
            cancellation
        );
        if (job?.Status == BackfillStatus.Running)
        {
            await queue.SendAsync(new BackfillMessage(id), cancellation);
        }

        return job;
    }

    /// <summary>Processes one page and requests the next.</summary>
    public async Task RunPageAsync(BackfillMessage message, CancellationToken cancellation)
    {
        if (await jobs.FindAsync(message.Id, cancellation) is not { Status: BackfillStatus.Running } job)
        {
            return;
        }

        var processed = await page.ProcessAsync(job, cancellation);
        var isOver = processed.Status != BackfillStatus.Running;
        var after = await jobs.TryWriteAsync(
            isOver ? processed with { FinishedAt = await storage.NowAsync(cancellation) } : processed,
            cancellation
        );
        if (after?.Status == BackfillStatus.Running)
        {
            await queue.SendAsync(message, cancellation);
        }
    }

    /// <summary>
    /// Sends another message for each running backfill that has stalled: its message was lost. A surplus message does no harm: a page
    /// processed twice is counted once, and only one of the two continues.
    /// </summary>
    public async Task WakeStalledAsync(CancellationToken cancellation)
    {
        var now = await storage.NowAsync(cancellation);
        foreach (var job in await jobs.ListAsync(cancellation))
        {
            if (job.Status == BackfillStatus.Running && now - job.WrittenAt > Stalled)
            {
                await queue.SendAsync(new BackfillMessage(job.Id), cancellation);
            }
        }
    }

    private async Task<BackfillJob?> ChangeAsync(string id, Func<BackfillJob, BackfillJob> change, CancellationToken cancellation)
    {
        while (await jobs.FindAsync(id, cancellation) is { } job)
        {
            var changed = change(job);
            if (changed == job)
            {
                return job;
            }

            if (await jobs.TryWriteAsync(changed, cancellation) is { } written)
            {
                return written;
            }
        }

        return null;
    }
}
