namespace Serverless.Imaging.Decoders;

/// <summary>
/// The budget of pixels being decoded at once. A quarter is reserved for small pictures, and while a large one waits they are limited to
/// it, so neither kind starves the other. First come, first served within each kind.
/// </summary>
internal sealed class DecodeBudget(long pixels)
{
    private readonly LinkedList<object> small = new();
    private readonly LinkedList<object> large = new();
    private readonly object guard = new();
    private long usedBySmall;
    private long usedByLarge;

    /// <summary>The number of waiting callers.</summary>
    public int Waiting
    {
        get
        {
            lock (guard)
            {
                return small.Count + large.Count;
            }
        }
    }

    public bool IsLarge(long share) => share > pixels / 16;

    /// <summary>
    /// Acquires a share when it is available; a picture larger than the whole budget, when no other large one is being decoded.
    /// </summary>
    /// <exception cref="DecodersBusyException">No share became available in time.</exception>
    public void Acquire(long share, DecodeTimeout.Deadline deadline)
    {
        using var cancelled = deadline.Cancellation.Register(Wake);
        lock (guard)
        {
            var line = IsLarge(share) ? large : small;
            var turn = line.AddLast(new object());
            try
            {
                while (line.First != turn || !Fits(share))
                {
                    Monitor.Wait(guard, deadline.Left());
                }

                Add(share, share);
            }
            finally
            {
                line.Remove(turn);
                Monitor.PulseAll(guard);
            }
        }
    }

    public void Release(long share)
    {
        lock (guard)
        {
            Add(share, -share);
            Monitor.PulseAll(guard);
        }
    }

    private bool Fits(long share)
    {
        var kept = pixels / 4;
        var isFree = usedBySmall + usedByLarge + share <= pixels;
        return IsLarge(share)
            ? usedByLarge == 0
                ? isFree || usedBySmall <= kept
                : isFree && usedByLarge + share <= pixels - kept
            : usedBySmall == 0 || usedBySmall + share <= kept || (isFree && large.Count == 0);
    }

    private void Add(long share, long change)
    {
        if (IsLarge(share))
        {
            usedByLarge += change;
        }
        else
        {
            usedBySmall += change;
        }
    }

    private void Wake()
    {
        lock (guard)
        {
            Monitor.PulseAll(guard);
        }
    }
}
