namespace Bench.Scale;

/// <summary>The processors of one instance, shared in short turns.</summary>
internal sealed class Processor(VirtualTime time, int cores)
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(5);

    private readonly Queue<Job> waiting = new();
    private int running;

    /// <summary>Of all cores together.</summary>
    public TimeSpan Busy { get; private set; }

    public Task WorkAsync(TimeSpan duration)
    {
        if (duration <= TimeSpan.Zero)
        {
            return Task.CompletedTask;
        }

        var job = new Job { Left = duration };
        waiting.Enqueue(job);
        Go();
        return job.Done.Task;
    }

    private void Go()
    {
        while (running < cores && waiting.TryDequeue(out var job))
        {
            running++;
            var turn = job.Left < Turn ? job.Left : Turn;
            time.After(turn, () => End(job, turn));
        }
    }

    private void End(Job job, TimeSpan turn)
    {
        running--;
        Busy += turn;
        job.Left -= turn;
        if (job.Left > TimeSpan.Zero)
        {
            waiting.Enqueue(job);
        }

        Go();
        if (job.Left <= TimeSpan.Zero)
        {
            job.Done.SetResult();
        }
    }

    private sealed class Job
    {
        public TimeSpan Left { get; set; }

        public TaskCompletionSource Done { get; } = new();
    }
}
