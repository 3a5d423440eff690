using System.Diagnostics;

namespace Serverless.Imaging.Decoders;

/// <summary>One picture in one decoder, with its place in a lane.</summary>
internal sealed class DecodeRun : IDisposable
{
    /// <summary>How many times its processor time a picture may take by the clock: enough for a machine that has much else to do.</summary>
    private const int MostClockForProcessor = 20;

    /// <summary>What a decoder tells of its own time is exact and decides; the watch only ends what does not get that far.</summary>
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

    /// <summary>Processor time after which the picture is no longer one of the quick ones.</summary>
    public TimeSpan Quick { private get; set; } = QuickTime(0);

    /// <summary>Waits for a place among the quick or among the large and slow, and has a decoder then.</summary>
    /// <exception cref="DecodersBusyException">There was no place for as long as the caller is willing to wait.</exception>
    public static DecodeRun Begin(DecoderPool pool, bool isBackground, TimeSpan limit, DecodePatience.Deadline deadline)
    {
        var lane = isBackground ? pool.Background : pool.Quick;
        while (!lane.Wait(deadline.Left(), deadline.Cancellation))
        {
            // Left throws when the time is up.
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

    /// <summary>Twice what the slowest of the usual formats takes.</summary>
    public static TimeSpan QuickTime(long pixels) => TimeSpan.FromMilliseconds(300 + (pixels / 20_000.0));

    /// <exception cref="DecoderDiedException">The decoder ended, by itself or for the reason in <see cref="End"/>.</exception>
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

                throw new DecoderDiedException("The picture took more processor time than it may.");
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
                return; // Its decoder may be another picture's by now.
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

    /// <summary>Gives its place among the quick to the next.</summary>
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
