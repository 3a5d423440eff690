namespace Serverless.Imaging.Decoders;

/// <summary>Looks at what runs, twenty times a second, and ends what takes too much. Sleeps while nothing runs.</summary>
internal sealed class DecoderWatch(DecoderPool pool, long memoryMegabytes)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly HashSet<DecodeRun> runs = [];
    private bool isWatching;

    /// <summary>What runs now.</summary>
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

            // What is done by then was not worth a look.
            Thread.Sleep(Interval);
            foreach (var run in Running)
            {
                run.Judge(pool, memoryMegabytes << 20);
            }
        }
    }
}
