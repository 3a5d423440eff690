namespace Serverless.Imaging;

/// <summary>The pixels that may be decoded at one moment. First come, first served, so that a large picture is not passed over for ever.</summary>
internal sealed class DecodeRoom(long pixels)
{
    private readonly LinkedList<object> waiting = new();
    private long used;

    /// <summary>Takes a share, when it is this caller's turn and there is room; more than there is at all, when nobody else has any.</summary>
    /// <exception cref="TimeoutException">There was no room for so long.</exception>
    public void Take(long share, TimeSpan patience)
    {
        var deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        lock (waiting)
        {
            var turn = waiting.AddLast(new object());
            try
            {
                while (waiting.First != turn || (used > 0 && used + share > pixels))
                {
                    var left = deadline - Environment.TickCount64;
                    if (left <= 0)
                    {
                        throw new TimeoutException(
                            $"Other pictures kept the decoders busy for {patience.TotalSeconds:0.###} s. Try again, or raise {ImageLimits.Section}:{nameof(ImageLimits.MaxPixelsAtOnce)}.");
                    }

                    Monitor.Wait(waiting, (int)Math.Min(left, int.MaxValue));
                }

                used += share;
            }
            finally
            {
                waiting.Remove(turn);
                Monitor.PulseAll(waiting);
            }
        }
    }

    public void Return(long share)
    {
        lock (waiting)
        {
            used -= share;
            Monitor.PulseAll(waiting);
        }
    }
}
