using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Serverless.Imaging;

/// <summary>
/// A decode on a thread of its own that nobody waits for longer than the limit. Native code cannot be aborted: it is asked to
/// stop through its progress reports, and where it gives none (inside one call of a codec) it is left to end by itself, which
/// the limits of pixels bound. Until then it keeps its share of the room.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The thread may outlive its caller; nothing here holds more than memory.")]
internal sealed class BoundedDecode<T>
    where T : class
{
    private readonly Func<BoundedDecode<T>, T> work;
    private readonly DecodeRoom room;
    private readonly TimeSpan limit;
    private readonly CancellationTokenSource stop = new();
    private readonly ManualResetEventSlim ended = new();
    private readonly Stopwatch busy = Stopwatch.StartNew();
    private T? result;
    private ExceptionDispatchInfo? error;
    private long share;

    private BoundedDecode(DecodeRoom room, TimeSpan limit, Func<BoundedDecode<T>, T> work) => (this.room, this.limit, this.work) = (room, limit, work);

    /// <summary>Is cancelled when the time is up.</summary>
    public CancellationToken Cancellation => stop.Token;

    /// <summary>What the work returns; null where it took longer than the limit, without the time that it waited for room.</summary>
    /// <exception cref="TimeoutException">There was no room for as long as the limit.</exception>
    public static T? Run(DecodeRoom room, TimeSpan limit, Func<BoundedDecode<T>, T> work)
    {
        var decode = new BoundedDecode<T>(room, limit, work);
        new Thread(decode.Work) { IsBackground = true, Name = "Decode" }.Start();
        return decode.Wait();
    }

    /// <summary>Waits until so many pixels may be decoded. Called by the work, once, before it decodes them.</summary>
    public void TakeRoom(long pixels)
    {
        busy.Stop();
        room.Take(pixels, limit);
        share = pixels;
        busy.Start();
    }

    private T? Wait()
    {
        for (var left = limit; !ended.Wait(left < TimeSpan.Zero ? TimeSpan.Zero : left); left = limit - busy.Elapsed)
        {
            if (busy.Elapsed >= limit)
            {
                stop.Cancel();
                return null;
            }
        }

        error?.Throw();
        return result;
    }

    private void Work()
    {
        try
        {
            result = work(this);
        }
        catch (Exception failure)
        {
            error = ExceptionDispatchInfo.Capture(failure);
        }
        finally
        {
            if (share > 0)
            {
                room.Return(share);
            }

            ended.Set();
        }
    }
}
