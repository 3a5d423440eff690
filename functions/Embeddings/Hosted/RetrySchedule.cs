namespace Serverless.Embeddings.Hosted;

/// <summary>
/// The retry schedule: after the provider's Retry-After, otherwise with doubling, jittered delays, within a bounded time.
/// </summary>
internal sealed class RetrySchedule(TimeSpan timeout, TimeProvider clock, Func<double> random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    private readonly long started = clock.GetTimestamp();
    private int attempts;

    /// <summary>The remaining time.</summary>
    public TimeSpan Remaining => timeout - clock.GetElapsedTime(started);

    /// <summary>The delay until the next attempt; null if there is no time left for it.</summary>
    public TimeSpan? Next(TimeSpan? retryAfter)
    {
        var backoff = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(attempts++, 10)));
        // Between half and all of it, so that workers that failed together do not retry together.
        var delay = (backoff * (0.5 + (random() / 2))) + (retryAfter ?? TimeSpan.Zero);
        return delay < Remaining ? delay : null;
    }
}
