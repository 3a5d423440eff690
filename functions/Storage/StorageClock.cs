namespace Serverless.Storage;

/// <summary>
/// The storage service's time, from the Date header of its answers, for comparison with the times of its rows and blobs. Workers' clocks do
/// not matter, only the time that passes between two readings. Never ahead of the service; behind by at most a second plus the latency of
/// an answer.
/// </summary>
internal sealed class StorageClock(TimeProvider clock, Func<CancellationToken, Task<DateTimeOffset>> read)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private Reading? last;

    public async ValueTask<DateTimeOffset> NowAsync(CancellationToken cancellation)
    {
        var known = Volatile.Read(ref last);
        if (known is not null && clock.GetElapsedTime(known.Timestamp) is { Ticks: >= 0 } passed && passed < Fresh)
        {
            return known.Time + passed;
        }

        var time = await read(cancellation);
        Volatile.Write(ref last, new Reading(time, clock.GetTimestamp()));
        return time;
    }

    private sealed record Reading(DateTimeOffset Time, long Timestamp);
}
