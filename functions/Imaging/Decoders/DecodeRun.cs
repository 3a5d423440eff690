using System.Diagnostics;

namespace Serverless.Imaging.Decoders;

/// <summary>One picture in one decoder, with its slot in a lane.</summary>
internal sealed class DecodeRun : IDisposable
{
    /// <summary>The limit of elapsed time, as a multiple of the processor time limit: enough for a busy machine.</summary>
    private const int MostClockForProcessor = 20;

    /// <summary>The decoder's own report of its time is exact and decides; the watch only ends runs that never report.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LeastClock = TimeSpan.FromSeconds(60);

    private readonly Lock guard = new();
    private readonly DecoderPool pool;
    private readonly TimeSpan limit;
    private readonly TimeSpan before;
    private SemaphoreSlim lane;
    private TimeSpan used;
    private long asked;
    private bool isAsking;

    private DecodeRun(DecoderPool pool, SemaphoreSlim lane, DecoderProcess child, TimeSpan limit)
    {
        this.pool = pool;
        this.lane = lane;
        this.limit = limit;
        Child = child;
        before = child.ProcessorTime;
    }

    public DecoderProcess Child { get; }

    public DecodeEnd End { get; private set; }

    /// <summary>Processor time after which the picture counts as slow.</summary>
    public TimeSpan Quick { private get; set; } = QuickTime(0);

    /// <summary>Waits for a slot in the quick or the slow lane, then takes a decoder.</summary>
    /// <exception cref="DecodersBusyException">No slot became available in time.</exception>
    public static DecodeRun Begin(DecoderPool pool, bool isBackground, TimeSpan limit, DecodeTimeout.Deadline deadline)
    {
        var lane = isBackground ? pool.Background : pool.Quick;
        while (!lane.Wait(deadline.Left(), deadline.Cancellation))
        {
            // This throws when the time is up.
        }

        try
        {
            return new DecodeRun(pool, lane, pool.Rent(isBackground), limit);
        }
        catch
        {
            lane.Release();
            throw;
        }
    }

    /// <summary>Twice the time of the slowest common format.</summary>
    public static TimeSpan QuickTime(long pixels) => TimeSpan.FromMilliseconds(300 + (pixels / 20_000.0));

    /// <exception cref="DecoderDiedException">The decoder crashed, or was killed for the reason in <see cref="End"/>.</exception>
    /// <exception cref="UndecodableException">The file is at fault.</exception>
    public DecoderReply Ask(DecoderRequest request, ReadOnlySpan<byte> bytes, out byte[] payload)
    {
        lock (guard)
        {
            (asked, isAsking) = (Stopwatch.GetTimestamp(), true);
        }

        pool.Watch.Add(this);
        try
        {
            var reply = Child.Exchange(request, bytes, out payload);
            used += TimeSpan.FromTicks(reply.ProcessorTicks);
            if (used > limit)
            {
                lock (guard)
                {
                    Kill(DecodeEnd.TooSlow);
                }

                throw new DecoderDiedException("The picture exceeded its processor time limit.");
            }

            return reply;
        }
        finally
        {
            pool.Watch.Remove(this);
            lock (guard)
            {
                isAsking = false;
            }
        }
    }

    public DecoderReply Ask(DecoderRequest request, out byte[] payload) => Ask(request, [], out payload);

    /// <summary>Called by the watch.</summary>
    public void Judge(DecoderPool pool, long mostMemory)
    {
        lock (guard)
        {
            if (!isAsking || End != DecodeEnd.None)
            {
                return; // Its decoder may already serve another picture.
            }

            var time = Child.ProcessorTime - before;
            if (time > limit + Grace)
            {
                Kill(DecodeEnd.TooSlow);
            }
            else if (Child.WorkingSet > mostMemory)
            {
                Kill(DecodeEnd.TooLarge);
            }
            else if (Stopwatch.GetElapsedTime(asked) is var clock && clock > LeastClock && clock > limit * MostClockForProcessor)
            {
                Kill(DecodeEnd.Hung);
            }
            else if (lane == pool.Quick && time > Quick)
            {
                MakeWay();
            }
        }
    }

    public void Dispose()
    {
        pool.Return(Child);
        lock (guard)
        {
            lane.Release();
        }
    }

    /// <summary>Releases its slot in the quick lane.</summary>
    private void MakeWay()
    {
        if (!pool.Background.Wait(0))
        {
            Kill(DecodeEnd.ToBackground);
            return;
        }

        lane.Release();
        lane = pool.Background;
        Child.MakeBackground();
        pool.Prepare();
    }

    private void Kill(DecodeEnd end)
    {
        End = end;
        Child.Kill();
    }
}
