namespace Serverless.Storage;

/// <summary>
/// The time of the storage service, by the Date of its answers: what the times of its rows and blobs are compared with. The
/// clocks of the workers do not matter, only how much time passes between two readings. Never ahead of the service, behind by a
/// second and the way of an answer at most.
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
