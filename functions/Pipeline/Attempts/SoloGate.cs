namespace Serverless.Pipeline;

/// <summary>Runs most work concurrently and some of it alone. Nothing waits longer than the work before it takes.</summary>
internal sealed class SoloGate : IDisposable
{
    /// <summary>More than the host runs in one process at once.</summary>
    private const int Places = 256;

    private readonly SemaphoreSlim entry = new(1);
    private readonly SemaphoreSlim places = new(Places);

    /// <summary>A shared slot; dispose when the work is done.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await entry.WaitAsync(cancellation);
        try
        {
            await places.WaitAsync(cancellation);
            return new Place(places, null, 1);
        }
        finally
        {
            entry.Release();
        }
    }

    /// <summary>All slots, once their holders are done.</summary>
    public async Task<IDisposable> EnterAloneAsync(CancellationToken cancellation)
    {
        await entry.WaitAsync(cancellation);
        var taken = 0;
        try
        {
            for (; taken < Places; taken++)
            {
                await places.WaitAsync(cancellation);
            }

            return new Place(places, entry, Places);
        }
        catch
        {
            new Place(places, entry, taken).Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        entry.Dispose();
        places.Dispose();
    }

    private sealed class Place(SemaphoreSlim places, SemaphoreSlim? entry, int count) : IDisposable
    {
        private int isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isLeft, 1) == 1)
            {
                return;
            }

            if (count > 0)
            {
                places.Release(count);
            }

            entry?.Release();
        }
    }
}
