namespace Serverless.Pipeline;

/// <summary>Lets work go on side by side, and some of it alone. Nobody waits for longer than the work before him takes.</summary>
internal sealed class SoloGate : IDisposable
{
    /// <summary>More than the host lets one process do at once.</summary>
    private const int Places = 256;

    private readonly SemaphoreSlim entry = new(1);
    private readonly SemaphoreSlim places = new(Places);

    /// <summary>A place beside others; to be disposed of when the work is done.</summary>
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

    /// <summary>All places, once those that have one are done.</summary>
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
