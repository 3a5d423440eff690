namespace Serverless.Backfill;

/// <summary>
/// Lets new uploads go first in this process: while one is processed, backfills process a single image at a time. Thread-safe.
/// </summary>
/// <param name="most">The most images that backfills process at the same time.</param>
internal sealed class UploadsFirst(int most)
{
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource> waiting = new();
    private int uploads;
    private int running;

    public UploadsFirst()
        : this(Math.Max(4, 2 * Environment.ProcessorCount)) { }

    private int Room => (uploads > 0 ? 1 : most) - running;

    /// <summary>Announces an upload; disposing ends it.</summary>
    public IDisposable BeginUpload()
    {
        lock (gate)
        {
            uploads++;
        }

        return new Ending(() => uploads--, this);
    }

    /// <summary>Waits for this image's turn; disposing lets the next one begin.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Enqueue(turn);
            Admit();
        }

        await using var cancelled = cancellation.Register(() => turn.TrySetCanceled(cancellation));
        await turn.Task;
        return new Ending(() => running--, this);
    }

    private void Admit()
    {
        while (Room > 0 && waiting.TryDequeue(out var next))
        {
            if (next.TrySetResult())
            {
                running++;
            }
        }
    }

    private sealed class Ending(Action end, UploadsFirst owner) : IDisposable
    {
        private bool isOver;

        public void Dispose()
        {
            lock (owner.gate)
            {
                if (!isOver)
                {
                    isOver = true;
                    end();
                    owner.Admit();
                }
            }
        }
    }
}
