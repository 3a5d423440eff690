using Serverless.Jobs;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>
/// Walks over the images in the bucket. One queue message lists: it says only "continue", and the job's row says where. What it finds goes
/// into slices, each with a message in another queue, for any number of workers; it stays a bounded number of slices ahead of them and
/// counts those that are over. So whatever is delivered twice is counted once.
/// </summary>
internal sealed class BackfillRun(
    BackfillJobs jobs,
    BackfillQueue queue,
    BackfillSliceQueue sliceQueue,
    BackfillListing listing,
    StorageClock storage,
    TimeProvider clock
)
{
    /// <summary>Slices listed ahead: work for some fifty instances, ten thousand images.</summary>
    private const int MostAhead = 400;

    /// <summary>Slices counted in one transaction.</summary>
    private const int MostCounted = 49;

    private const int SendParallelism = 16;

    /// <summary>The next message waits so long while there is nothing to list.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>After this time the next message takes over: well within a function's time limit.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Longer than a function may run (<c>functionTimeout</c> in host.json): no worker is still at it.</summary>
    private static readonly TimeSpan Stalled = TimeSpan.FromMinutes(11);

    /// <param name="request">What to do: kind of work, prefix, maximum.</param>
    public async Task<BackfillJob> StartAsync(BackfillJob request, CancellationToken cancellation)
    {
        var now = await storage.NowAsync(cancellation);
        var job =
            await jobs.TryWriteAsync(
                request with
                {
                    Id = JobTable.NewId(now),
                    Container = listing.Container,
                    StartedAt = now,
                    RunningSince = now,
                },
                cancellation
            ) ?? throw new InvalidOperationException("The new backfill's id is already taken.");
        await queue.SendAsync(new BackfillMessage(job.Id), cancellation);
        return job;
    }

    /// <summary>Stops after the images being processed.</summary>
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
        var now = await storage.NowAsync(cancellation);
        var open = await jobs.SlicesAsync(id, cancellation).ToListAsync(cancellation);
        var job = await ChangeAsync(
            id,
            job =>
                job.Status == BackfillStatus.Cancelled
                    ? job with
                    {
                        Status = BackfillStatus.Running,
                        FinishedAt = null,
                        RunningSince = now,
                        DoneBefore = BackfillProgress.Of(job, open).Done,
                        SentTo = 0,
                    }
                    : job,
            cancellation
        );
        if (job?.Status == BackfillStatus.Running)
        {
            await queue.SendAsync(new BackfillMessage(id), cancellation);
        }

        return job;
    }

    /// <summary>Lists ahead, counts what is over, and requests the next look.</summary>
    public async Task RunPageAsync(BackfillMessage message, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        while (await jobs.FindAsync(message.Id, cancellation) is { Status: BackfillStatus.Running } job)
        {
            var isBusy = await StepAsync(job, cancellation);
            if (isBusy is null)
            {
                return;
            }

            if (isBusy == false || clock.GetElapsedTime(started) > Longest)
            {
                await queue.SendAsync(message, isBusy.Value ? TimeSpan.Zero : Pause, cancellation);
                return;
            }
        }
    }

    /// <summary>
    /// Whether there is more to do at once; null if the backfill is over, or if another worker was first, which continues.
    /// </summary>
    private async Task<bool?> StepAsync(BackfillJob job, CancellationToken cancellation)
    {
        var slices = await jobs.SlicesAsync(job.Id, cancellation).ToListAsync(cancellation);
        var open = slices.Where(slice => !slice.IsDone).ToList();
        var now = await storage.NowAsync(cancellation);
        if (IsStuck(job, open, now))
        {
            job = job with { SentTo = 0, ResentAt = now };
        }

        // A worker was killed between writing slices and sending their messages, or the backfill was resumed.
        await SendAsync(open.Where(slice => slice.Number >= job.SentTo), cancellation);
        var over = slices.Where(slice => slice.IsDone).Take(MostCounted).ToList();
        var counted = job with
        {
            Done = job.Done + over.Sum(slice => slice.Count - slice.Failed),
            Failed = job.Failed + over.Sum(slice => slice.Failed),
            SentTo = job.NextSlice,
        };
        var (after, added) = await AdvanceAsync(counted, open.Count, cancellation);
        var isOver = after.IsListed && added.Count == 0 && open.Count == 0 && over.Count == slices.Count;
        after = isOver ? after with { Status = BackfillStatus.Completed, FinishedAt = now } : after;
        if (await jobs.TryWriteAsync(after, over, added, cancellation) is null || isOver)
        {
            return null;
        }

        await SendAsync(added, cancellation);
        return added.Count > 0 || over.Count == MostCounted || after.Found != job.Found || after.Counted != job.Counted;
    }

    private async Task<(BackfillJob, IReadOnlyList<BackfillSlice>)> AdvanceAsync(
        BackfillJob job,
        int open,
        CancellationToken cancellation
    ) =>
        !job.IsListed && open < MostAhead ? await listing.NextAsync(job, cancellation)
        : job.IsListed || job.IsCounted ? (job, [])
        : (await listing.CountAsync(job, cancellation), []);

    /// <summary>Slices are open, but nothing was written for long: their messages were lost, or given up.</summary>
    private static bool IsStuck(BackfillJob job, List<BackfillSlice> open, DateTimeOffset now) =>
        open.Count > 0
        && open.Select(slice => slice.WrittenAt).Append(job.RunningSince).Append(job.ResentAt ?? default).Max() < now - Stalled;

    private Task SendAsync(IEnumerable<BackfillSlice> slices, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            slices,
            new ParallelOptions { MaxDegreeOfParallelism = SendParallelism, CancellationToken = cancellation },
            async (slice, stop) => await sliceQueue.SendAsync(new BackfillSliceMessage(slice.JobId, slice.Number), stop)
        );

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
