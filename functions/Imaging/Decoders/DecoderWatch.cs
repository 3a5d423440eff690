namespace Serverless.Imaging.Decoders;

/// <summary>Checks running decodes twenty times a second, and ends those that exceed their limits. Sleeps while nothing runs.</summary>
internal sealed class DecoderWatch(DecoderPool pool, long memoryMegabytes)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly HashSet<DecodeRun> runs = [];
    private bool isWatching;

    /// <summary>The current runs.</summary>
    public IReadOnlyList<DecodeRun> Running
    {
        get
        {
            lock (runs)
            {
                return [.. runs];
            }
        }
    }

    public void Add(DecodeRun run)
    {
        lock (runs)
        {
            runs.Add(run);
            if (!isWatching)
            {
                isWatching = true;
                new Thread(Look)
                {
                    IsBackground = true,
                    Name = "Decoder watch",
                    Priority = ThreadPriority.AboveNormal,
                }.Start();
            }

            Monitor.Pulse(runs);
        }
    }

    public void Remove(DecodeRun run)
    {
        lock (runs)
        {
            runs.Remove(run);
        }
    }

    private void Look()
    {
        while (true)
        {
            lock (runs)
            {
                while (runs.Count == 0)
                {
                    Monitor.Wait(runs);
                }
            }

            // A run that is done by then needs no check.
            Thread.Sleep(Interval);
            foreach (var run in Running)
            {
                run.Judge(pool, memoryMegabytes << 20);
            }
        }
    }
}
