namespace FunctionsHost.Triggers.Queue;

/// <summary>How long to wait after an empty look at the queue: short at first, longer while it stays empty.</summary>
internal sealed class QueuePollDelay(TimeSpan maxPollingInterval)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    /// <summary>On one machine a look costs nothing, and nobody wants to wait a minute for a message.</summary>
    private static readonly TimeSpan LocalMaximum = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _longest = Max(Shortest, maxPollingInterval < LocalMaximum ? maxPollingInterval : LocalMaximum);
    private TimeSpan _next = Shortest;

    public void Found() => _next = Shortest;

    public TimeSpan Empty()
    {
        var delay = _next;
        _next = delay * 1.5 < _longest ? delay * 1.5 : _longest;
        return delay;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
