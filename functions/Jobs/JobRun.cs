using Serverless.Storage;

namespace Serverless.Jobs;

/// <summary>
/// Starts, continues and stops jobs, one of each kind at a time. A queue message says only "continue"; the job's row says where. After a
/// crash the message is redelivered; if it was lost, another one is sent once the job has stalled.
/// </summary>
internal sealed partial class JobRun(
    JobTable table,
    JobQueue queue,
    StorageClock storage,
    TimeProvider clock,
    IEnumerable<IJobSteps> kinds,
    ILogger<JobRun> logger
)
{
    private const int MostFailures = 5;

    /// <summary>After this time the next message takes over: well within a function's time limit.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMinutes(1);

    /// <summary>The longest time between two writes of the row while the job runs.</summary>
    private static readonly TimeSpan Stalled = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, IJobSteps> steps = kinds.ToDictionary(kind => kind.Kind);

    /// <summary>The running job of this kind, or a new one in this state.</summary>
    public async Task<Job> StartAsync(string kind, string state, CancellationToken cancellation)
    {
        while (true)
        {
            var (lastId, version) = await table.LastStartedAsync(kind, cancellation);
            if (lastId is not null && await table.FindAsync(kind, lastId, cancellation) is { Status: JobStatus.Running } running)
            {
                await WakeAsync(running, cancellation);
                return running;
            }

            var now = await storage.NowAsync(cancellation);
            var job =
                await table.TryWriteAsync(
                    new Job
                    {
                        Kind = kind,
                        Id = JobTable.NewId(now),
                        State = state,
                        StartedAt = now,
                    },
                    cancellation
                ) ?? throw new InvalidOperationException("The new job's id is already taken.");

            // Sent before the job is registered: a crash in between leaves a message without effect, not a job without a message.
            await SendAsync(job, cancellation);
            if (await table.TryNameAsync(job, version, cancellation))
            {
                return job;
            }

            await table.DeleteAsync(job, cancellation);
        }
    }

    /// <summary>
    /// A job of this kind that begins in this state: a new one, or the running one, which begins again. No state may be asked for twice.
    /// </summary>
    public async Task<Job> BeginAgainAsync(string kind, string state, CancellationToken cancellation)
    {
        while (true)
        {
            var job = await StartAsync(kind, state, cancellation);
            if (job.State == state)
            {
                return job;
            }

            // Whoever does a step of it loses this race, and stops.
            if (await table.TryWriteAsync(job with { State = state, Failures = 0, Reason = null }, cancellation) is { } begun)
            {
                await SendAsync(begun, cancellation);
                return begun;
            }
        }
    }

    /// <summary>
    /// Sends another message for each running job that has stalled: its message was lost. A surplus message does no harm: of two workers
    /// at the same step, only one continues.
    /// </summary>
    public async Task WakeStalledAsync(CancellationToken cancellation)
    {
        foreach (var kind in steps.Keys)
        {
            var (id, _) = await table.LastStartedAsync(kind, cancellation);
            if (id is not null && await table.FindAsync(kind, id, cancellation) is { Status: JobStatus.Running } job)
            {
                await WakeAsync(job, cancellation);
            }
        }
    }

    /// <summary>Stops the job after the current step; null if there is no such job.</summary>
    public async Task<Job?> CancelAsync(string kind, string id, CancellationToken cancellation)
    {
        while (await table.FindAsync(kind, id, cancellation) is { } job)
        {
            if (job.Status != JobStatus.Running)
            {
                return job;
            }

            var cancelled = job with { Status = JobStatus.Cancelled, FinishedAt = await storage.NowAsync(cancellation) };
            if (await table.TryWriteAsync(cancelled, cancellation) is { } written)
            {
                return written;
            }
        }

        return null;
    }

    /// <summary>Does the next steps, and requests the following ones.</summary>
    public async Task RunAsync(JobMessage message, CancellationToken cancellation)
    {
        if (!steps.TryGetValue(message.Kind, out var work))
        {
            return;
        }

        var started = clock.GetTimestamp();
        var job = await table.FindAsync(message.Kind, message.Id, cancellation);
        while (job is { Status: JobStatus.Running })
        {
            if (clock.GetElapsedTime(started) > Slice)
            {
                await SendAsync(job, cancellation);
                return;
            }

            job = await StepAsync(work, job, cancellation);
        }
    }

    /// <summary>
    /// Null if another worker wrote the job meanwhile (it continues there, or was cancelled), or if another message continues it.
    /// </summary>
    private async Task<Job?> StepAsync(IJobSteps work, Job job, CancellationToken cancellation)
    {
        JobStep step;
        try
        {
            step = await work.StepAsync(job, cancellation);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            StepFailed(logger, error, job.Kind, job.Id);
            var isOver = job.Failures + 1 >= MostFailures;
            var failed = job with
            {
                Failures = job.Failures + 1,
                Reason = $"A step failed{(isOver ? $" {MostFailures} times" : " and is tried again")}: {error.Message}",
                Status = isOver ? JobStatus.Failed : JobStatus.Running,
                FinishedAt = isOver ? await storage.NowAsync(cancellation) : null,
            };
            if (await table.TryWriteAsync(failed, cancellation) is null || isOver)
            {
                return null;
            }

            throw;
        }

        await table.WriteItemsAsync(job.Id, job.Items, step.Items, cancellation);
        var after = step.Job with
        {
            Items = job.Items + step.Items.Count,
            Failures = 0,
            Reason = step.Job.Failures > 0 && step.Job.Reason == job.Reason ? null : step.Job.Reason,
            FinishedAt = step.Job.Status == JobStatus.Running ? null : await storage.NowAsync(cancellation),
        };
        var written = await table.TryWriteAsync(after, cancellation);
        if (step.Pause <= TimeSpan.Zero || written is not { Status: JobStatus.Running })
        {
            return written;
        }

        await SendAsync(written, cancellation, step.Pause);
        return null;
    }

    private async Task WakeAsync(Job job, CancellationToken cancellation)
    {
        if (await storage.NowAsync(cancellation) - job.WrittenAt > Stalled)
        {
            await SendAsync(job, cancellation);
        }
    }

    private Task SendAsync(Job job, CancellationToken cancellation, TimeSpan delay = default) =>
        queue.SendAsync(new JobMessage(job.Kind, job.Id), delay, cancellation);

    [LoggerMessage(130, LogLevel.Warning, "A step of the job {Kind} {Id} failed")]
    private static partial void StepFailed(ILogger logger, Exception error, string kind, string id);
}
